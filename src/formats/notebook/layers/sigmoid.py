# %% [markdown]
# ### Sigmoid
#
# $$y = \frac{1}{1 + e^{-x}}, \qquad \frac{\partial L}{\partial x} = d\,y\,(1 - y)$$


# %%
class Sigmoid:
    def forward(self, x, training):
        self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, dout):
        return dout * self.y * (1 - self.y)

    def parameters(self):
        return []
