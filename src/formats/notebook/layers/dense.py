# %% [markdown]
# ### Dense layer
#
# Each unit is a weighted sum of all inputs, plus a bias:
#
# $$y = Wx + b, \qquad \frac{\partial L}{\partial W} = d\,x^\top, \qquad \frac{\partial L}{\partial b} = d, \qquad
# \frac{\partial L}{\partial x} = W^\top d$$


# %%
class Dense:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight.astype(np.float64), bias.astype(np.float64)

    def forward(self, x, training):
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, dout):
        self.d_weight, self.d_bias = dout.T @ self.x, dout.sum(axis=0)
        return dout @ self.weight

    def parameters(self):
        yield "weight", self.weight, getattr(self, "d_weight", None)
        yield "bias", self.bias, getattr(self, "d_bias", None)
