# %% [markdown]
# ### ReLU
#
# $$y = \max(x, 0), \qquad \frac{\partial L}{\partial x} = d \cdot [x > 0]$$


# %%
class Relu:
    def forward(self, x, training):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * (self.x > 0)

    def parameters(self):
        return []
