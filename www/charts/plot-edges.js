/** How far the plot of a chart of lines is from its edges, so that other things can be aligned with it. In pixels of usual type. */
export const PLOT_EDGES = { left: 52, right: 26 };
