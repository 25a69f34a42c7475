/** Small symmetric systems, row by row in one array. */

export type Matrix = Float64Array

/** The inverse of a symmetric positive definite matrix (size × size), by Cholesky. Throws when it is not positive definite. */
export function inverse(matrix: Matrix, size: number): Matrix {
  const low = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number
      for (let k = 0; k < j; k++) sum -= (low[i * size + k] as number) * (low[j * size + k] as number)
      if (i === j && !(sum > 0)) throw new Error('the matrix is not positive definite')
      low[i * size + j] = i === j ? Math.sqrt(sum) : sum / (low[j * size + j] as number)
    }
  }
  const result = new Float64Array(size * size)
  const column = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    for (let i = 0; i < size; i++) {
      let sum = i === c ? 1 : 0
      for (let k = c; k < i; k++) sum -= (low[i * size + k] as number) * (column[k] as number)
      column[i] = i < c ? 0 : sum / (low[i * size + i] as number)
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = column[i] as number
      for (let k = i + 1; k < size; k++) sum -= (low[k * size + i] as number) * (column[k] as number)
      column[i] = sum / (low[i * size + i] as number)
    }
    for (let i = 0; i < size; i++) result[i * size + c] = column[i] as number
  }
  return result
}

/** a (rows × inner) times b (inner × columns). */
export function product(a: Matrix, b: Matrix, rows: number, inner: number, columns: number): Matrix {
  const result = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const left = a[i * inner + k] as number
      if (left === 0) continue
      for (let j = 0; j < columns; j++)
        result[i * columns + j] = (result[i * columns + j] as number) + left * (b[k * columns + j] as number)
    }
  return result
}

export function transposed(a: Matrix, rows: number, columns: number): Matrix {
  const result = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j] as number
  return result
}

/** rows · matrix · rowsᵀ for a symmetric matrix (size × size): the covariance of linear combinations. */
export function sandwich(rows: readonly Float64Array[], matrix: Matrix, size: number): Matrix {
  const count = rows.length
  const result = new Float64Array(count * count)
  for (const [i, row] of rows.entries()) {
    const through = product(row, matrix, 1, size, size)
    for (const [j, other] of rows.entries()) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += (through[k] as number) * (other[k] as number)
      result[i * count + j] = sum
    }
  }
  return result
}
