/** Answers of every class, as a model or a textbook writes them: what the fuzz takes apart and puts together. */
export const corpus: readonly string[] = String.raw`
0
-17
1,048,576
1 048 576
3.1400
.5
6.02 \times 10^{23}
2.5e-3
\frac{22}{7}
-\dfrac{3}{4}
3\frac{1}{2}
7/8
0.\overline{36}
0.1(6)
12.5\%
0.4\%
5\text{ cm}
36 \text{ km/h}
9.81\,\mathrm{m/s^2}
20^\circ\text{C}
\$12.50
€ 3.20
250 mL
3 hours 20 minutes
\sqrt{50}
5\sqrt{2}
\sqrt[3]{-27}
\frac{1}{\sqrt{2}+\sqrt{3}}
\sqrt{3+2\sqrt{2}}
2^{10}
2^{-\frac{1}{2}}
e^{i\pi}+1
\ln 2 + \ln 3
\log_{2} 8
\log_{10}(1000)
\lg 100
\sin\frac{\pi}{6}
\cos^2 x + \sin^2 x
\tan^{-1}(1)
\arcsin\left(\frac{1}{2}\right)
45^\circ
\frac{\pi}{4}
3+4i
\frac{1+i}{1-i}
|3+4i|
x^2-5x+6
(x-2)(x-3)
(a+b)^3
\frac{x^2-1}{x-1}
\frac{1}{x}+\frac{1}{y}
\frac{x+1}{x^2+x+1}
5!
\frac{10!}{8!}
\binom{10}{3}
C(10,3)
{}_{5}P_{2}
7!!
\lfloor 3.7 \rfloor
\lceil -1.2 \rceil
|x-3|
17 \bmod 5
\gcd(12,18)
\{1,2,3\}
\{x, y\}
1, 2, 3
1 and 2
x=1 \text{ or } x=-1
\emptyset
\{\}
(1, -2)
\langle 1,2,3\rangle
\begin{pmatrix}1\\2\end{pmatrix}
2\mathbf{i}-\mathbf{j}
(-\infty, 3]
[0,1)\cup(2,\infty)
\mathbb{R}\setminus\{0\}
x\in(0,1)
1<x\le 5
x>2
x \ne 0
|x|<2
\{x\in\mathbb{R} : x^2<4\}
all real numbers except 2
y=2x+1
2x-y+1=0
x^2+y^2=25
(x-1)^2+(y+2)^2=9
f(x)=x^2+1
y-3=2(x-1)
\begin{pmatrix}1&2\\3&4\end{pmatrix}
\begin{bmatrix}a&b\\c&d\end{bmatrix}^{-1}
\begin{vmatrix}1&2\\3&4\end{vmatrix}
[[1,2],[3,4]]
\pm 3
2\pm\sqrt{3}
\frac{-b\pm\sqrt{b^2-4ac}}{2a}
\frac{x^3}{3}+C
\ln|x|+C
-\cos x + K
\int_0^1 x^2\,dx
\int \frac{1}{x}\,dx
\sum_{k=1}^{n} k
\sum_{n=0}^{\infty}\frac{1}{2^n}
\prod_{k=1}^{5} k
\lim_{x\to 0}\frac{\sin x}{x}
\frac{d}{dx}x^3
\infty
-\infty
undefined
does not exist
no solution
x=5
x=1, y=2
(x,y)=(1,2)
a=3;\ b=4
Paris
the Pacific Ocean
yes
True
isosceles triangle
(B)
B
C. 12
\text{(D)}\ 4
A, C
3:45 pm
15:45
half past three
12 March 2020
2020-03-12
March 12, 2020
1011_2
0x1F
\text{FF}_{16}
1011_{(2)}
twenty-one
one hundred and five
XIV
third
2:3
4 : 6 : 8
3 to 4
p \land \lnot q
p \to (q \lor r)
\forall x\, P(x)
(A \lor B) \wedge \neg C
\begin{cases}x&x\ge 0\\-x&x<0\end{cases}
x = \frac{\pi}{4}+k\pi, k\in\mathbb{Z}
2n\pi
x\equiv 3 \pmod{7}
H_2O
2H_2+O_2\to 2H_2O
y=Ce^{2x}
y = c_1 e^{x} + c_2 e^{-x}
\frac{a}{b}
\frac12
\sqrt2
\left(\frac{3}{5}\right)^{n-1}
a_n = 2n+1
n(n+1)/2
x^{2/3}
e^{-x^2}
\sinh x
\max(1,2)
\overline{AB}
\angle ABC = 30^\circ
\vec{v}=(1,2)
\nabla f
\boxed{42}
$\frac{3}{4}$
\(x+1\)
\text{approximately } 3.14
\approx 2.718
3 \times 4
3 \cdot 4
12 \div 4
10^{10^{2}}
(2^{3})^{4}
3^{4^{2}}
12 apples
$1{,}250
1.234,56
1/0
0/0
A-2, B-1, C-3
\frac{dy}{dx}=2x
r = 2\cos\theta
x^2+y^2+z^2\le 1
2\sqrt{x+1}
\frac{\sqrt{6}-\sqrt{2}}{4}
1-\frac{1}{e}
e^{\pi\sqrt{163}}
\operatorname{lcm}(4,6)
\frac{\frac{1}{2}}{\frac{3}{4}}
6\text{ ft }2\text{ in}
90\text{ minutes}
\text{Monday}
\{(1,2),(2,1)\}
(0,1),(1,0)
\left\{\frac{1}{2},\,-\frac{1}{3}\right\}
-x^{2}+3x-\frac{1}{2}
\cot x \sec x
2\sin x\cos x
\log x^2
\sqrt{x^2}
4k+1
`
  .trim()
  .split('\n')

/** Words and marks that stand around an answer in a reply. */
export const framings: readonly (readonly [before: string, after: string])[] = [
  ['The answer is ', '.'],
  ['So we get $$\\boxed{', '}$$'],
  ['Adding both sides gives 7.\n\n**Final answer:** ', ''],
  ['<think>maybe 3</think>Hence it is \\(', '\\).'],
  ['#### ', ''],
  ['Answer: $', '$ as wanted'],
  ['| step | value |\n|---|---|\n| 1 | ', ' |'],
]
