# %% [markdown]
# ### Max pooling
#
# The largest number of each window. It alone made the output, so the gradient goes to it alone; of equals, to the first.
#
# $$y_p = \max_k x_{sp+k}, \qquad \frac{\partial L}{\partial x_q} = \sum_{p:\;q = \arg\max} d_p$$


# %%
class MaxPool2d:
    def __init__(self, kernel_size, stride, padding):
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding

    def forward(self, x, training):
        (down, across), self.shape = self.padding, x.shape
        padded = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)], constant_values=-np.inf)
        views = np.lib.stride_tricks.sliding_window_view(padded, self.kernel_size, axis=(2, 3))
        windows = views[:, :, :: self.stride[0], :: self.stride[1]]
        flat = windows.reshape(*windows.shape[:4], -1)
        self.argmax = flat.argmax(axis=-1)
        return np.take_along_axis(flat, self.argmax[..., None], axis=-1)[..., 0]

    def backward(self, dout):
        images, channels, height, width = self.shape
        down, across = self.padding
        dx = np.zeros((images, channels, height + 2 * down, width + 2 * across))
        image, channel, row, column = np.indices(dout.shape)
        within_row, within_column = np.divmod(self.argmax, self.kernel_size[1])
        rows, columns = row * self.stride[0] + within_row, column * self.stride[1] + within_column
        np.add.at(dx, (image, channel, rows, columns), dout)
        return dx[:, :, down : down + height, across : across + width]

    def parameters(self):
        return []
