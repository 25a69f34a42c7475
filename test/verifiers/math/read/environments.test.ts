import { expect, test } from 'vitest'
import { read } from './notation.js'

const rows: ReadonlyArray<readonly [text: string, tree: string]> = [
  [String.raw`\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}`, 'matrix[1, 2; 3, 4'],
  [String.raw`\left( \begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array} \right)`, 'matrix(1, 2; 3, 4'],
  [String.raw`\left[\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}\right]`, 'matrix[1, 2; 3, 4'],
  [
    String.raw`\begin{cases} x & \text{if } x \ge 0 \\ -x & \text{if } x < 0 \end{cases}`,
    'cases[x if {x >= 0}; (-1 * x) if {x < 0}]',
  ],
  [
    String.raw`f(x) = \begin{cases} x^2, & x > 0, \\ 0, & \text{otherwise}. \end{cases}`,
    '{f<x> = cases[(x ^ 2) if {x > 0}; 0 if else]}',
  ],
  [String.raw`\left\{\begin{array}{ll} x & x>0 \\ 0 & x \le 0\end{array}\right.`, 'cases[x if {x > 0}; 0 if {x <= 0}]'],
  [String.raw`\begin{cases} x = 1 \\ y = 2 \end{cases}`, 'list {x = 1}; {y = 2}'],
  [String.raw`\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}`, 'list {x = 1}; {y = 2}'],
  [String.raw`\begin{align*} x &= 1, \\ y &= 2 \end{align*}`, 'list {x = 1}; {y = 2}'],
  [String.raw`\begin{vmatrix} a & b \\ c & d \end{vmatrix}`, 'matrix|a, b; c, d'],
  ['Matrix([[1,2],[3,4]])', 'matrix[1, 2; 3, 4'],
  [String.raw`2\begin{pmatrix}1&0\\0&1\end{pmatrix}`, '(2 * matrix(1, 0; 0, 1)'],
  [String.raw`\det\begin{pmatrix}1&2\\3&4\end{pmatrix}`, 'matrix|1, 2; 3, 4'],
  [String.raw`\begin{pmatrix} 1 \\ 2 \end{pmatrix}^T`, '(matrix(1; 2 ^ T)'],
  [String.raw`\begin{pmatrix} \frac{1}{2} & 0 \\ 0 & 1 \end{pmatrix}`, 'matrix((1 / 2), 0; 0, 1'],
  [String.raw`\begin{pmatrix} a \\ b \\ c \end{pmatrix}`, 'matrix(a; b; c'],
  [String.raw`\begin{bmatrix}1\\2\end{bmatrix}`, 'matrix[1; 2'],
  [
    String.raw`\begin{pmatrix} 1 \\ 2 \\ 3 \end{pmatrix} + t\begin{pmatrix} 1 \\ 0 \\ 1 \end{pmatrix}`,
    '(matrix(1; 2; 3 + (t * matrix(1; 0; 1))',
  ],
  [
    String.raw`\begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{pmatrix}`,
    'matrix(cos(theta), (-1 * sin(theta)); sin(theta), cos(theta)',
  ],
  [String.raw`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}^{-1}`, '(matrix(1, 2; 3, 4 ^ -1)'],
  [String.raw`A^{-1} = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, '{(A ^ -1) = matrix(1, 2; 3, 4}'],
  [String.raw`\left(\begin{matrix}1&2\\3&4\end{matrix}\right)`, 'matrix(1, 2; 3, 4'],
  [String.raw`\left|\begin{matrix}1&2\\3&4\end{matrix}\right|`, 'matrix|1, 2; 3, 4'],
  [String.raw`\begin{pmatrix} 1/2 & -1 \end{pmatrix}`, 'matrix((1 / 2), -1'],
  [
    String.raw`\begin{cases} 2x & \text{if } 0 \le x < 1 \\ 3 & \text{if } x = 1 \\ x^2 & \text{otherwise} \end{cases}`,
    'cases[(2 * x) if {0 <= x < 1}; 3 if {x = 1}; (x ^ 2) if else]',
  ],
  [
    String.raw`\begin{cases} x+1, & x \leq 0 \\ x-1, & x > 0 \end{cases}`,
    'cases[(x + 1) if {x <= 0}; (x + -1) if {x > 0}]',
  ],
  [
    String.raw`f(x)=\begin{cases}1&\text{for }x\in\mathbb{Q}\\0&\text{for }x\notin\mathbb{Q}\end{cases}`,
    '{f<x> = cases[1 if {x in @rationals}; 0 if {x not in @rationals}]}',
  ],
  [
    String.raw`\begin{cases} 1 & \text{if } n \text{ is even} \\ 0 & \text{if } n \text{ is odd} \end{cases}`,
    'cases[1 if "n is even"; 0 if "n is odd"]',
  ],
  [
    String.raw`\begin{cases} x & \text{if } 0<x<1, \\ 0 & \text{else} \end{cases}`,
    'cases[x if {0 < x < 1}; 0 if else]',
  ],
  [String.raw`\begin{cases} x+y=3 \\ x-y=1 \end{cases}`, 'list {(x + y) = 3}; {(x + (-1 * y)) = 1}'],
  [
    String.raw`\left\{\begin{aligned} x+y&=3 \\ x-y&=1 \end{aligned}\right.`,
    'list {(x + y) = 3}; {(x + (-1 * y)) = 1}',
  ],
  [String.raw`\left\{ \begin{array}{l} x = 1 \\ y = 2 \end{array} \right.`, 'list {x = 1}; {y = 2}'],
  [String.raw`|\begin{matrix}1&2\\3&4\end{matrix}|`, 'matrix|1, 2; 3, 4'],
  [
    String.raw`\begin{cases} x \quad \text{if } x>0 \\ 0 \quad \text{if } x \le 0\end{cases}`,
    'cases[x if {x > 0}; 0 if {x <= 0}]',
  ],
  [String.raw`\begin{cases} x, \quad x>0 \\ 0, \quad x \le 0\end{cases}`, 'cases[x if {x > 0}; 0 if {x <= 0}]'],
  [String.raw`\begin{cases} x \quad x>0 \\ 0 \quad x \le 0\end{cases}`, 'cases[x if {x > 0}; 0 if {x <= 0}]'],
  ['det([[1,2],[3,4]])', 'matrix|1, 2; 3, 4'],
  [String.raw`\operatorname{det}\left[\begin{array}{cc}1&2\\3&4\end{array}\right]`, 'matrix|1, 2; 3, 4'],
]

test.each(rows)('%s', (text, tree) => {
  expect(read(text)).toBe(tree)
})
