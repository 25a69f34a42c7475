import { expect, test } from 'vitest'
import { verdict } from './structure-verdict.js'

/** Two answers and whether they are the same; null: cannot tell. */
const pairs: readonly (readonly [string, string, boolean | null])[] = [
  [
    String.raw`x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}`,
    String.raw`x = \frac{\pi}{4} + n\pi, n \in \mathbb{Z}`,
    true,
  ],
  [
    String.raw`x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}`,
    String.raw`x = \frac{5\pi}{4} + n\pi, n \in \mathbb{Z}`,
    true,
  ],
  [
    String.raw`x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}`,
    String.raw`x = \frac{\pi}{4} + 2n\pi, n \in \mathbb{Z}`,
    false,
  ],
  [String.raw`x = \frac{\pi}{4} + k\pi`, String.raw`x = \frac{\pi}{4} + n\pi, n \in \mathbb{Z}`, true],
  [String.raw`x = \frac{\pi}{4} + k\pi`, String.raw`\frac{\pi}{4} + k\pi, k\in\mathbb{Z}`, true],
  [String.raw`x = \frac{\pi}{4} + k\pi`, String.raw`x = \frac{\pi}{4} + n\pi`, true],
  [String.raw`\{\frac{\pi}{2}+2k\pi : k\in\mathbb{Z}\}`, String.raw`x = \frac{\pi}{2}+2\pi n`, true],
  [
    String.raw`x = \pm\frac{\pi}{3} + 2k\pi, k \in \mathbb{Z}`,
    String.raw`x = \frac{\pi}{3}+2k\pi \text{ or } x = \frac{5\pi}{3} + 2k\pi, k\in\mathbb{Z}`,
    true,
  ],
  [String.raw`x = 30^\circ + 360^\circ k`, String.raw`x = \frac{\pi}{6}+2k\pi`, true],
  [String.raw`x = \frac{k\pi}{2}`, String.raw`x = k\pi \text{ or } x = \frac{\pi}{2}+k\pi, k \in \mathbb{Z}`, true],
  [
    String.raw`x = (-1)^k \frac{\pi}{6} + k\pi, k \in \mathbb{Z}`,
    String.raw`x=\frac{\pi}{6}+2k\pi \text{ or } x=\frac{5\pi}{6}+2k\pi, k\in\mathbb{Z}`,
    true,
  ],
  [String.raw`x \equiv 3 \pmod 7`, String.raw`x \equiv 10 \pmod{7}`, true],
  [String.raw`x \equiv 3 \pmod 7`, 'x = 7k+3', true],
  [String.raw`x \equiv 3 \pmod 7`, String.raw`x \equiv 4 \pmod 7`, false],
  [String.raw`x \equiv 3 \pmod 7`, String.raw`x \equiv 3 \pmod{14}`, false],
  [String.raw`x \equiv 3 \pmod 7`, String.raw`3 \pmod 7`, true],
  [String.raw`3 \pmod 7`, String.raw`10 \pmod 7`, true],
  [String.raw`3 \pmod 7`, String.raw`3 \pmod 5`, false],
  [String.raw`x \equiv 2 \pmod 3, x \equiv 3 \pmod 5`, String.raw`x \equiv 8 \pmod{15}`, true],
  [String.raw`x \equiv 1, 3 \pmod 8`, String.raw`x = 8k+1 \text{ or } x = 8k+3, k \in \mathbb{Z}`, true],
  [String.raw`3x \equiv 2 \pmod 7`, String.raw`x \equiv 3 \pmod 7`, true],
  [String.raw`x^2 \equiv 1 \pmod 8`, String.raw`x \text{ is odd}`, true],
  [String.raw`n = 3k+1, k \in \mathbb{Z}`, String.raw`n \equiv 1 \pmod 3`, true],
  [String.raw`n = 2k+1, k \in \mathbb{Z}`, String.raw`\text{odd integers}`, true],
  [String.raw`\{3k+1 \mid k \in \mathbb{Z}\}`, String.raw`\{3k-2 \mid k \in \mathbb{Z}\}`, true],
  [String.raw`x \equiv 3 \pmod 7`, '5', false],
  [String.raw`x = \arctan 2 + k\pi, k\in\mathbb{Z}`, String.raw`x = \arctan(2) - \pi + n\pi, n \in \mathbb{Z}`, true],
  [String.raw`x = \arctan 2 + k\pi, k\in\mathbb{Z}`, String.raw`x = \arctan(3) + n\pi, n \in \mathbb{Z}`, false],
  [String.raw`x = k\pi (k \in \mathbb{Z})`, String.raw`x = n\pi, n\in \mathbb{Z}`, true],
  [String.raw`x = 2k\pi, k\in\mathbb{Z}`, 'x = 0', false],
  [
    String.raw`x = \frac{\pi}{4} + 2k\pi, k \in \mathbb{Z}`,
    String.raw`y = \frac{\pi}{4} + 2k\pi, k \in \mathbb{Z}`,
    false,
  ],
  [String.raw`x \equiv 5 \pmod{12}`, String.raw`x \equiv -7 \pmod{12}`, true],
  [String.raw`\theta = 45^\circ + 180^\circ n`, String.raw`\theta = 225^\circ + 180^\circ n`, true],
  [String.raw`\{k^2 : k \in \mathbb{Z}\}`, String.raw`\{n^2 : n \in \mathbb{Z}\}`, true],
  [String.raw`x = 2\pi k, k \ge 0, k\in\mathbb{Z}`, String.raw`x = 2 \pi k, k\in\mathbb{Z}`, false],
  [String.raw`x = k\pi`, String.raw`x = \pi n`, true],
  [
    String.raw`x = 2k\pi \pm \frac{\pi}{3}`,
    String.raw`x = 2n\pi + \frac{\pi}{3}, 2n\pi - \frac{\pi}{3}, n \in \mathbb{Z}`,
    true,
  ],
  [
    String.raw`x = \frac{\pi}{3} + 2\pi n, \frac{2\pi}{3} + 2\pi n`,
    String.raw`x = \frac{\pi}{3} + 2k\pi \text{ or } x = \frac{2\pi}{3} + 2k\pi`,
    true,
  ],
  [String.raw`x = n\pi + (-1)^n \frac{\pi}{6}`, String.raw`x = n\pi + (-1)^n\frac{\pi}{6}, n \in \mathbb{Z}`, true],
  [String.raw`x \in \{\frac{\pi}{4} + k\pi \mid k \in \mathbb{Z}\}`, String.raw`x = \frac{\pi}{4} + k\pi`, true],
  [String.raw`\{x \mid x = 2k\pi, k \in \mathbb{Z}\}`, String.raw`x = 2k\pi, k\in\mathbb{Z}`, true],
  [String.raw`x = \frac{(2k+1)\pi}{2}, k \in \mathbb{Z}`, String.raw`x = \frac{\pi}{2} + k\pi, k\in\mathbb{Z}`, true],
  [String.raw`x = (2n+1)\pi`, String.raw`x = \pi + 2\pi n`, true],
  [String.raw`x = (2n+1)\frac{\pi}{4}`, String.raw`x = \frac{\pi}{4} + \frac{n\pi}{2}, n \in \mathbb{Z}`, true],
  [String.raw`n = 6k + 5, k \in \mathbb{Z}`, String.raw`n \equiv -1 \pmod 6`, true],
  [String.raw`n \equiv 2 \bmod 5`, 'n = 5k + 2', true],
  [String.raw`x \equiv 3 \mod 7`, String.raw`x \equiv 3 \pmod{7}`, true],
  [String.raw`x = 3 \pmod 7`, String.raw`x \equiv 3 \pmod 7`, true],
  ['x ≡ 3 (mod 7)', String.raw`x \equiv 10 \pmod{7}`, true],
  ['x ≡ 2 (mod 3) and x ≡ 3 (mod 5)', String.raw`x \equiv 8 \pmod{15}`, true],
  [String.raw`x \equiv 1 \pmod 4 \text{ or } x \equiv 3 \pmod 4`, String.raw`x \equiv 1 \pmod 2`, true],
  [String.raw`x \equiv \pm 1 \pmod 5`, String.raw`x \equiv 1, 4 \pmod 5`, true],
  [String.raw`\text{all even integers}`, String.raw`\{2k : k \in \mathbb{Z}\}`, true],
  [String.raw`\text{all multiples of } 3`, String.raw`\{3k \mid k \in \mathbb{Z}\}`, true],
  [String.raw`x = k\pi, k\in\mathbb{Z}`, String.raw`\{k\pi : k\in\mathbb{Z}\}`, true],
  [String.raw`x = k \cdot 180^\circ`, String.raw`x = k\pi`, true],
  [String.raw`60^\circ + 360^\circ n`, String.raw`60^\circ + 360^\circ k, k \in \mathbb{Z}`, true],
  [String.raw`x = \frac{\pi}{4} + k\pi \quad (k \in \mathbb{Z})`, String.raw`x = \frac{\pi}{4}+k\pi`, true],
  [String.raw`x = \frac{\pi}{8} + \frac{k\pi}{2}`, String.raw`x = \frac{\pi}{8} + \frac{k\pi}{4}`, false],
  [String.raw`x=\frac{\pi}{2} + 2k\pi`, String.raw`x = \frac{\pi}{2}`, false],
  [
    String.raw`x = \arcsin\frac13 + 2k\pi \text{ or } x = \pi - \arcsin\frac13 + 2k\pi`,
    String.raw`x = \pi - \arcsin\frac13 + 2k\pi \text{ or } x = \arcsin\frac13 + 2k\pi, k \in \mathbb{Z}`,
    true,
  ],
  [String.raw`(x, y) = (2 + 3t, 1 - 2t), t \in \mathbb{Z}`, String.raw`(x,y) = (5+3k, -1-2k), k\in\mathbb{Z}`, true],
  [String.raw`x = 2 + 3t, y = 1 - 2t, t \in \mathbb{Z}`, String.raw`x = 2+3k, y = 1-2k, k\in\mathbb{Z}`, true],
  [String.raw`x = 2 + 3t, y = 1 - 2t, t \in \mathbb{Z}`, String.raw`x = 2+3k, y = 1-k, k\in\mathbb{Z}`, false],
  ['y = kx', 'y = nx', false],
  [String.raw`y = 2\pi k`, String.raw`y = 2 \pi k`, true],
  [String.raw`V = \pi r^2 h`, String.raw`V = \pi r^2 h`, true],
  [String.raw`x = \pi n`, String.raw`x = -\pi n`, true],
]

test.each(pairs)('families and congruences: %s beside %s is %s', (a, b, equal) => {
  expect(verdict(a, b)).toBe(equal)
})

test.each(pairs.flatMap(([a, b]): [string][] => [[a], [b]]))('%s equals itself', (answer) => {
  expect(verdict(answer, answer)).toBe(true)
})
