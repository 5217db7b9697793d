# %% [markdown]
# ### Convolution
#
# A filter $w_f$ is slid over the padded input: at each position $p$ it is the weighted sum of the window there, over
# all input channels $c$, plus a bias. With stride $s$,
#
# $$y_{f,p} = b_f + \sum_{c,k} w_{f,c,k}\, x_{c,\,sp+k}, \qquad
# \frac{\partial L}{\partial w_{f,c,k}} = \sum_p d_{f,p}\, x_{c,\,sp+k}, \qquad
# \frac{\partial L}{\partial x_{c,q}} = \sum_{f,p,k:\;sp+k=q} d_{f,p}\, w_{f,c,k}$$


# %%
class Conv2d:
    def __init__(self, weight, bias, stride, padding):
        self.weight, self.bias = weight.astype(np.float64), bias.astype(np.float64)
        self.stride, self.padding = stride, padding

    def forward(self, x, training):
        (down, across), self.shape = self.padding, x.shape
        padded = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)])
        views = np.lib.stride_tricks.sliding_window_view(padded, self.weight.shape[2:], axis=(2, 3))
        # [image, channel, row, column, row within, column within]
        self.windows = views[:, :, :: self.stride[0], :: self.stride[1]]
        sums = np.tensordot(self.windows, self.weight, axes=([1, 4, 5], [1, 2, 3]))
        return sums.transpose(0, 3, 1, 2) + self.bias[:, None, None]

    def backward(self, dout):
        self.d_weight = np.tensordot(dout, self.windows, axes=([0, 2, 3], [0, 2, 3]))
        self.d_bias = dout.sum(axis=(0, 2, 3))
        images, channels, height, width = self.shape
        (down, across), (rows, columns) = self.padding, dout.shape[2:]
        dx = np.zeros((images, channels, height + 2 * down, width + 2 * across))
        shares = np.tensordot(dout, self.weight, axes=([1], [0]))
        for i in range(self.weight.shape[2]):
            for j in range(self.weight.shape[3]):
                at_rows = slice(i, i + self.stride[0] * rows, self.stride[0])
                at_columns = slice(j, j + self.stride[1] * columns, self.stride[1])
                dx[:, :, at_rows, at_columns] += shares[..., i, j].transpose(0, 3, 1, 2)
        return dx[:, :, down : down + height, across : across + width]

    def parameters(self):
        yield "weight", self.weight, getattr(self, "d_weight", None)
        yield "bias", self.bias, getattr(self, "d_bias", None)
