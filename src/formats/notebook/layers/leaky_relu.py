# %% [markdown]
# ### Leaky ReLU
#
# $$y = \begin{cases} x & x > 0 \\ ax & \text{else} \end{cases}, \qquad
# \frac{\partial L}{\partial x} = \begin{cases} d & x > 0 \\ ad & \text{else} \end{cases}$$


# %%
class LeakyRelu:
    def __init__(self, slope):
        self.slope = slope

    def forward(self, x, training):
        self.x = x
        return np.where(x > 0, x, self.slope * x)

    def backward(self, dout):
        return np.where(self.x > 0, dout, self.slope * dout)

    def parameters(self):
        return []
