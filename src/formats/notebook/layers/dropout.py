# %% [markdown]
# ### Dropout
#
# In training only: silences each number with probability $r$, and scales the others up by $1 / (1 - r)$, so that the
# mean stays.


# %%
class Dropout:
    def __init__(self, rate, random=np.random.default_rng(1)):
        self.rate, self.random = rate, random

    def forward(self, x, training):
        kept = self.random.random(x.shape) >= self.rate if training else np.ones(x.shape, bool)
        self.factor = kept / (1 - self.rate) if training else 1
        return x * self.factor

    def backward(self, dout):
        return dout * self.factor

    def parameters(self):
        return []
