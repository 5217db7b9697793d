# %% [markdown]
# ### Flatten
#
# Puts the numbers of all maps into one row: channel by channel, row by row.


# %%
class Flatten:
    def forward(self, x, training):
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dout):
        return dout.reshape(self.shape)

    def parameters(self):
        return []
