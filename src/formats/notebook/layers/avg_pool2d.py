# %% [markdown]
# ### Average pooling
#
# The mean of each window of $n$ numbers; each of them gets an equal share of the gradient.
#
# $$y_p = \frac{1}{n}\sum_k x_{sp+k}, \qquad \frac{\partial L}{\partial x_q} = \frac{1}{n}\sum_{p,k:\;sp+k=q} d_p$$


# %%
class AvgPool2d:
    def __init__(self, kernel_size, stride):
        self.kernel_size, self.stride = kernel_size, stride

    def forward(self, x, training):
        self.shape = x.shape
        views = np.lib.stride_tricks.sliding_window_view(x, self.kernel_size, axis=(2, 3))
        return views[:, :, :: self.stride[0], :: self.stride[1]].mean(axis=(4, 5))

    def backward(self, dout):
        dx, (rows, columns) = np.zeros(self.shape), dout.shape[2:]
        share = dout / np.prod(self.kernel_size)
        for i in range(self.kernel_size[0]):
            for j in range(self.kernel_size[1]):
                at_rows = slice(i, i + self.stride[0] * rows, self.stride[0])
                at_columns = slice(j, j + self.stride[1] * columns, self.stride[1])
                dx[:, :, at_rows, at_columns] += share
        return dx

    def parameters(self):
        return []
