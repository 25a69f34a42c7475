/** Fixed, as in llama.cpp's own defaults; it is named in the model's versions. */
export const TOP_K = 40
