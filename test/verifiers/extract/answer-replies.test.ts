import { describe, expect, test } from 'vitest'
import { extractAnswer } from '../../../src/verifiers/extract/answer.js'

/** Whole replies in the manner of chat models, and what each gives as its final answer; null: none. */
type Reply = readonly [name: string, reply: string, answer: string | null]

const r = String.raw

const drafts: Reply[] = [
  ['a finished think block', '<think>\nMaybe 7? The answer is 7.\n</think>\n\nThe answer is 9.', '9'],
  ['a thinking block of capital letters', '<Thinking>\\boxed{3}</Thinking>\nAnswer: 4', '4'],
  ['a reasoning block, then a tag', '<reasoning>\n2+2=4\n</reasoning>\n<answer>\n4\n</answer>', '4'],
  ['a scratchpad', '<scratchpad>12 or 13?</scratchpad>\n**13**', '13'],
  [
    'a think block whose opening is part of the prompt',
    'So 5 it is.\n</think>\n\nThe final answer is $\\boxed{6}$.',
    '6',
  ],
  ['an unfinished think block behind an answer', 'The answer is 5.\n<think>Hold on', null],
  ['a think block that was cut off', '<think>\nWe get \\boxed{12}, but let me', null],
  [
    'begin and end of thought',
    '<|begin_of_thought|>\nx = 3?\n<|end_of_thought|>\n\n<|begin_of_solution|>\nThus $x = \\boxed{4}$.\n<|end_of_solution|>',
    '4',
  ],
  ['thought marks in brackets', '[THINK]The answer is 1.[/THINK]The answer is 2.', '2'],
  [
    'channels',
    '<|channel|>analysis<|message|>The answer is 8.<|end|><|start|>assistant<|channel|>final<|message|>The answer is **9**.<|return|>',
    '9',
  ],
  ['channels without their marks', 'analysisWe compute 3*4=12.assistantfinalThe answer is 12.', '12'],
  ['text behind the end of the turn', 'The answer is 3.<|im_end|>\n<|im_start|>user\nThe answer is 4.', '3'],
]

const boxes: Reply[] = [
  ['a display with a box', 'Adding both gives the area.\n\n\\[\nA = 6 + 8 = \\boxed{14}\n\\]', '14'],
  ['a framed box', r`Hence $\fbox{$\frac{3}{4}$}$.`, r`$\frac{3}{4}$`],
  ['an equation in a box', r`So \boxed{x = 5}.`, 'x = 5'],
  ['a sum that is worked out in a box', r`\boxed{3 + 4 = 7}`, '7'],
  ['an exact and a rough value in a box', r`\boxed{\sqrt{2} \approx 1.414}`, r`\sqrt{2}`],
  ['a choice in a box', r`The best match is \boxed{\text{B}}.`, r`\text{B}`],
  ['a box followed by its unit', r`The angle is $\boxed{30}^\circ$.`, r`30^\circ`],
  ['a box followed by percent', r`That is $\boxed{45}\%$ of it.`, r`45\%`],
  ['two boxes of two sub-questions', r`(a) $\boxed{3}$, (b) $\boxed{5}$`, '3, 5'],
  ['three boxes', r`The roots are $\boxed{1}$, $\boxed{2}$, and $\boxed{4}$.`, '1, 2, 4'],
  ['the same box twice', 'Hence $\\boxed{6}$.\n\n**Final answer**\n\n$\\boxed{6}$', '6'],
  ['boxes of two paragraphs', 'First \\boxed{2}\n\n\\boxed{3}', '3'],
  [
    'an empty box of the instructions behind the answer',
    r`So it is $\boxed{17}$. (I was asked to use \boxed{}.)`,
    '17',
  ],
  ['a box that is taken back', r`So it is $\boxed{17}$. Wait, that is wrong: I forgot one. The answer is 18.`, '18'],
  ['a box that is taken back for nothing', r`So it is $\boxed{17}$. Wait, that is wrong.`, null],
  [
    'a box that is doubted and stands',
    r`So it is $\boxed{17}$. Wait, let me check: 10 + 7 = 17. Yes, that is correct.`,
    '17',
  ],
  [
    'a box of a first part, then a final answer',
    r`For the triangle we have $\boxed{12}$. Adding the square, the final answer is 28.`,
    '28',
  ],
  [
    'a box, and the same number in words behind it',
    `${r`$\boxed{12}$`}\n\nThe answer is 12 because 3 times 4 is 12.`,
    '12',
  ],
  ['a box only in a program', "```python\nprint('\\\\boxed{3}')\n```\nThe answer is 4.", '4'],
  ['a box in a fence and nothing else', '```latex\n\\boxed{11}\n```', '11'],
  ['a box whose brace was forgotten', r`So $\boxed{\frac{1}{2}$.`, r`\frac{1}{2}`],
  ['a set in a box', r`$$\boxed{\{1, 2, 3\}}$$`, r`\{1, 2, 3\}`],
]

const containers: Reply[] = [
  ['the last answer tag', '<answer>1</answer> no: <answer>2</answer>', '2'],
  ['a tag with a sentence in it', '<answer>The answer is 12 cm.</answer>', '12 cm'],
  ['a tag with a box in it', r`<answer>$\boxed{9}$</answer>`, '9'],
  ['a tag that a stop string left open', 'Some steps.\n<answer>\n42', '42'],
  ['a tag with mathematics', r`<answer> \(\frac{2}{5}\) </answer>`, r`\(\frac{2}{5}\)`],
  ['JSON', '{"reasoning": "6 * 7 = 42", "answer": "42"}', '42'],
  ['JSON with a number', '{"answer": 42}', '42'],
  [
    'JSON in a fence',
    'Here it is:\n\n```json\n{\n  "steps": ["3 + 4 = 7"],\n  "final_answer": "x = 7"\n}\n```',
    'x = 7',
  ],
  ['JSON with LaTeX', r`{"answer": "\\frac{1}{2}"}`, r`\frac{1}{2}`],
  ['YAML', 'reasoning: half of 84\nanswer: 42', '42'],
  ['a fence with a bare value', '```\n42\n```', '42'],
  ['an output tag', '<output>7</output>', '7'],
]

const phrases: Reply[] = [
  ['a bold label', 'Some work.\n\n**Answer:** 42', '42'],
  ['a bold label with its colon outside', '**Final Answer**: $\\frac{7}{9}$', r`$\frac{7}{9}$`],
  ['a heading and the next line', 'We add.\n\n## Answer\n\n12 apples', '12 apples'],
  ['a heading and a display', '### Final Answer\n\n\\[\n\\frac{5}{6}\n\\]', '\\[\n\\frac{5}{6}\n\\]'],
  ['a display behind the words', 'The final answer is:\n$$\n3 \\cdot 4 = 12\n$$', '12'],
  ['a list behind the words', 'The answers are:\n\n- $x = 2$\n- $x = -3$', '$x = 2$, $x = -3$'],
  ['a fence behind the words', 'The answer is:\n\n```\n42\n```\n\nThis follows from 6 * 7.', '42'],
  ['Ans', '6 * 7 = 42\nAns: 42', '42'],
  ['an equals sign', 'Answer = 42', '42'],
  ['a dash', 'Answer - 42', '42'],
  [
    'the answer before its reasons',
    'Answer: 5\n\nExplanation: 2 + 3 = 5, and 5 + 0 = 5.\nSo 2 + 3 + 1 = 6 would be wrong.',
    '5',
  ],
  ['the answer before a check', 'So the answer is 5.\n\nCheck: 5 * 3 = 15 ✓', '5'],
  ['a remark behind the answer', 'The answer is 5. Let me know if you need more help!', '5'],
  ['a reason in the same sentence', 'The answer is 12, since there are 3 rows of 4.', '12'],
  ['a long tail', "The answer is 18 dollars for every single day at the farmers' market.", '18 dollars'],
  ['bold number, unit behind', 'The answer is **42** cm.', '42 cm'],
  ['a full sentence behind the label', '**Answer:** The probability is $\\frac{1}{3}$.', r`$\frac{1}{3}$`],
  ['an answer to a question that is named', 'The answer to the second question is 9.', '9'],
  ['the number before the words', 'Therefore, 42 is the answer.', '42'],
  ['the number right behind the words', 'This gives us the final answer 42.', '42'],
  ['a European comma', 'Die Antwort ist 3,5.', '3,5'],
  ['French', 'Donc la réponse finale est 12.', '12'],
  ['Spanish', 'Por lo tanto, la respuesta es 12.', '12'],
  ['Russian', 'Складываем.\nОтвет: 12', '12'],
  ['Chinese', '因此，答案是 12。', '12'],
  ['Chinese with a colon', '解：3×4=12\n答案：12', '12'],
  ['a choice in words', 'The correct option is (C).', '(C)'],
  ['a choice with its text', 'The correct answer is (C) 25.', '(C) 25'],
  ['a choice that is called correct', 'Therefore, option C is the correct answer.', 'C'],
  ['a yes', 'Answer: Yes', 'Yes'],
  ['several values', 'The answer is 2, 3, and 5.', '2, 3, and 5'],
  ['an interval', 'The answer is $[2, 5)$.', '$[2, 5)$'],
  ['a denied answer behind the right one', 'The answer is 41. The answer is not 42.', '41'],
  ['an answer that is denied', 'The answer is 5. On reflection, the answer is not 5.', null],
  ['only a denial', 'The answer is not 5.', null],
  ['a question', 'Is it true that the answer is 5?', null],
  ['an assumption', 'If the answer is 5, then it would be prime.', null],
  ['a refusal', 'The answer cannot be determined from what is given.', null],
  ['a plan', 'I will round my answer to 2 decimal places.', null],
]

const endings: Reply[] = [
  ['a value with a name', 'Therefore, the value of x is 5.', '5'],
  ['a value with a marked name', 'Therefore, the value of $x$ is $5$.', '$5$'],
  ['we get', 'Dividing by 2, we get x = 5.', 'x = 5'],
  ['a count', 'There are 3 ways for the first and 4 for the second. So there are 12 ways.', '12'],
  ['a count with a purpose', 'So there are 12 ways to seat 3 people.', '12'],
  ['a probability', 'The probability is 1/3.', '1/3'],
  ['which equals', 'The total is 6 * 7, which equals 42.', '42'],
  ['a solution in marks', 'Thus, $x=5$', '$x=5$'],
  ['a unit behind the marks', 'Hence the area is $12$ square units.', '$12$ square units'],
  ['a bold number', 'All in all: **42**', '42'],
  ['a number between underscores', 'We count them all.\n\n__42__', '42'],
  ['a letter', 'This rules out A and C.\n\n(B)', '(B)'],
  ['an option', 'Only one is left.\n\nOption C', 'C'],
  ['a final display', 'The sum is\n\\[\n1 + 2 + 3 = 6.\n\\]', '6'],
  ['a final display of dollars', 'We compute:\n$$\\frac{4}{36} = \\frac{1}{9}$$', r`\frac{1}{9}`],
  ['a final alignment', 'So\n\\begin{align*}\nx &= 2 + 3 \\\\\n&= 5\n\\end{align*}', '5'],
  [
    'a display inside the last sentence',
    'Therefore, the probability is:\n\\[ \\frac{2}{8} = \\frac{1}{4}. \\]',
    r`\frac{1}{4}`,
  ],
  ['a table with a total', '| item | cost |\n| --- | --- |\n| pens | 4 |\n| **Total** | **12** |', '12'],
  ['a table without one', '| n | f(n) |\n| --- | --- |\n| 1 | 4 |\n| 2 | 12 |', null],
  ['sub-answers', 'We solve each.\n\n(a) 3 (b) 5', '3, 5'],
  ['sub-answers on lines', 'Results:\n\n(a) $x = 3$\n(b) The area is 5.', '$x = 3$, 5'],
  ['money in the last sentence', 'So Mia pays $18 in total.', '$18'],
  ['a story that ends in one number', 'She eats 3 of 10 eggs. Therefore, she has 7 eggs left.', '7'],
  ['money and a unit of time', 'Therefore, Ida makes $18 every day at the market.', '$18'],
  ['a number in words', 'So there are twelve ways.', 'twelve'],
  ['a remark at the end', 'So there are 12 ways.\n\nI hope this helps!', '12'],
  ['a check at the end', 'Thus $x = 5$.\n\nVerification: $2 \\cdot 5 + 1 = 11$ ✓', '$x = 5$'],
  ['the place of a maximum behind its value', 'The maximum value is $7$ at $x = 2$.', '$7$'],
  ['two names with their values', 'Thus, $x = 2$ and $y = 3$.', '$x = 2$ and $y = 3$'],
  ['an equation that is asked for', 'The equation of the line is $y = 2x + 1$.', '$y = 2x + 1$'],
  ['an exact and a rough value', 'So the radius is $\\frac{10}{3} \\approx 3.33$.', r`\frac{10}{3}`],
  ['a rounded value', 'Rounded to two decimal places, the radius is $\\frac{10}{3} \\approx 3.33$.', '3.33'],
  ['two different values in one sentence', 'The maximum is 7 and the minimum is 3.', null],
  ['numbers of a story', 'Tom has 5 apples and Ann has 3.', null],
  ['a reply that breaks off', 'So there are 3 rows of 4 seats and the total is', null],
  ['an equation that breaks off', 'So the total is 3 * 4 =', null],
  ['a question back', 'Did you mean 5?', null],
  ['not knowing', "I don't know.", null],
  ['an exception', 'Therefore, the domain is all real numbers except x = 2.', 'all real numbers except x = 2'],
  ['a result in words', 'The limit does not exist.', 'does not exist'],
  ['no solution', 'So the equation has no real solutions.', 'no real solutions'],
  ['a time of day', 'Therefore, they will meet at 3:45 p.m.', '3:45 p.m.'],
  ['a ratio in words', 'The ratio is 3 to 4.', '3 to 4'],
  ['bold sub-answers in paragraphs', '**Part (a):** 12\n\n**Part (b):** 15', '12, 15'],
  ['a sum behind other numbers', 'After she gives 3 away she has 17 - 3 = 14 marbles.', '14'],
  ['a reason with its own sum', 'So she has $6 left because 30 - 24 = 6.', '$6'],
  ['an equation to be solved', 'Combining like terms, we have:\n\n\\[\n9x = 180\n\\]', '\\[\n9x = 180\n\\]'],
  ['an item of a list', 'Let us look:\n- 6 is in the list.\n- 12 is in the list.', null],
  ['mathematics that breaks off', 'Then we get\n\\[\nA = \\frac{1}{2} \\times 4', null],
  ['headings of four marks', '#### Step 3: Compute 5\n\nWe add.\n\n#### Conclusion\n\nThe total is 7.', '7'],
  ['a python dictionary', "{'answer': 42}", '42'],
  ['a refusal in a tag', "<answer>I don't know</answer>", null],
  ['the printed value of a program', '```python\nprint(6*7)\n```\n\n```output\n42\n```', '42'],
  ['only a program', '```python\nprint(42)\n```', null],
  ['a reply about steps', 'Let me start with Step 1.', null],
]

const denials: Reply[] = [
  ['a box that is denied beside one that is not', r`The answer is \boxed{5}, not \boxed{10}.`, '5'],
  ['a box that is only denied', r`The answer is not $\boxed{12}$.`, null],
  ['a box under a condition that does not hold', r`\boxed{5} (If the order mattered it would be \boxed{10}.)`, '5'],
  ['a box of somebody else', r`A student claims $\boxed{12}$. The student is wrong.`, null],
  ['a box that something is done to', r`It is half of $\boxed{12}$.`, null],
  ['a box that a value is less than', r`So $x$ is less than $\boxed{12}$.`, null],
  ['a box that fails', r`$\boxed{x=5}$ fails the check, so the equation has no solution.`, null],
  ['a box that contradicts', r`$\boxed{7}$ leads to a contradiction.`, null],
  ['a box before the imaginary unit', r`$\boxed{2}i$`, null],
  ['a coefficient in a box', r`$-20x^3 + 5x^3 = \boxed{-15}x^3$`, '-15'],
  ['a box before its unit', r`$\boxed{2}\text{ m}$ and no more`, r`2\text{ m}`],
  ['a box before a root', r`$\boxed{5}\sqrt{2}$`, null],
  ['a box before a constant', r`$\boxed{\frac12} + C$`, null],
  ['a box under a fraction', r`$\frac{\sqrt{3}}{\boxed{2}}$`, null],
  ['a box of a ratio', r`$\boxed{3} : 4$`, null],
  ['a box of millions', r`$\boxed{7}$ million`, null],
  ['a box and a second thought', '$\boxed{7}$\n\nOn second thought, the pairs differ, so there are 14.', '14'],
  ['a box and a count that was wrong', '$\boxed{7}$\n\nI realize I have mis-counted. The true count is 8.', '8'],
  ['a box that is taken back in Chinese', r`所以答案是 $\boxed{12}$。等等，算错了，应该是 $14$。`, null],
  ['four marks that are taken back', '#### 12\n\nWait, 13.', null],
  ['a tag that is taken back', '<answer>12</answer>\n\nWait, it should be 13.', null],
  ['a tag with a check behind it', '<answer>12</answer>\n\n12 is 3 times 4, as asked.', '12'],
  ['a wrong answer that is called so', 'The right answer is 13. The wrong answer is 12.', '13'],
  ['what is said of a number', 'So we look at n.\n\nTherefore, 7 is not prime.', null],
  ['what a number is not', 'So we look at x.\n\nTherefore, x ≠ 7.', null],
  ['what divides', 'So we look at n.\n\nTherefore n is divisible by 12.', null],
  ['a bound', 'So we look at it.\n\nTherefore it is less than 7.', null],
  ['a value that something is done to', 'The answer is 12 plus the rest of it all.', '12 plus the rest of it all'],
]

const contrasts: Reply[] = [
  ['what it is, behind what it is not', 'The answer is not 12 but 13.', '13'],
  ['what it is not, behind what it is', 'The answer is 12 (not 13).', '12'],
  ['the same between marks', 'The answer is $12$, not $13$.', '$12$'],
  ['an exception is no contrast', 'The answer is all real numbers, not 0.', 'all real numbers, not 0'],
  ['only what it is not', 'The answer is not 12, but we do not know.', null],
]

const harmless: Reply[] = [
  [
    'a condition of the question',
    r`Each pen costs $\boxed{4}$. If he bought 6 pens, he would pay $\boxed{24}$ dollars.`,
    '24',
  ],
  ['a wish of the question', r`She had 20 apples, so she would have $\boxed{15}$ left.`, '15'],
  ['a first attempt that held', r`As in the first attempt, the answer is \boxed{9}.`, '9'],
  ['a factor', r`It grows by a factor of \boxed{16}.`, '16'],
  ['no more steps', '<answer>12</answer>\nNo further steps are needed.', '12'],
  ['an actually', '<answer>12</answer>\nActually, this is a classic problem.', '12'],
  ['a sorry', '<answer>12</answer>\nSorry for the length!', '12'],
  ['no units', '#### 42\nNo units needed', '42'],
  ['the mistake of others', r`The answer is \boxed{7}. (The naive approach gives 8, which is wrong.)`, '7'],
  ['a note on others', '**Answer:** 12\n\nNote: many students answer 10, which is incorrect.', '12'],
  ['nothing overlooked', r`\boxed{7}. I overlooked nothing here.`, '7'],
  ['an apology', r`\boxed{7}. I apologize for the long solution.`, '7'],
  ['a reason that denies', 'Let us see.\n\nThe remainder is 3 since 10 is not divisible by 7.', '3'],
  ['a value and what it is', 'Let us see.\n\nTherefore x = 4 is even.', 'x = 4'],
  ['a bound before the value', 'Let us see.\n\nThe largest value less than 10 is 9.', '9'],
  ['a bound behind the value', 'Let us see.\n\nThus there are 15 ways, fewer than 20.', '15'],
  [
    'one of two that is ruled out',
    'Let us see.\n\nThe solutions are x = 3 and x = -3, but x = -3 is extraneous.',
    'x = 3',
  ],
]

const compounds: Reply[] = [
  ['feet and inches', 'Let us see.\n\nTherefore, she is 5 feet 6 inches tall.', '5 feet 6 inches'],
  ['so many out of so many', 'Let us see.\n\nSo the probability is 3 out of 10.', '3 out of 10'],
  ['so many in so many of a chance', 'Let us see.\n\nSo the odds are 1 in 12.', '1 in 12'],
  ['a year is no part of a count', 'Let us see.\n\nSo the answer is 8 in 2020.', '8 in 2020'],
  ['hundreds in words', 'Let us see.\n\nSo there are two hundred ways.', null],
]

const tables: Record<string, Reply[]> = {
  drafts,
  boxes,
  containers,
  phrases,
  endings,
  denials,
  contrasts,
  harmless,
  compounds,
}
for (const [group, replies] of Object.entries(tables)) {
  describe(group, () => {
    test.each(replies)('%s', (_, reply, answer) => {
      const found = extractAnswer(reply)
      expect(found?.answer ?? null).toBe(answer)
      if (found) expect(holdsAll(reply.slice(...found.span), found.answer)).toBe(true)
    })
  })
}

/** The span holds the answer's characters in their order. */
function holdsAll(text: string, answer: string): boolean {
  let at = -1
  return [...answer.replace(/[\s,\\]/g, '')].every((char) => {
    at = text.indexOf(char, at + 1)
    return at !== -1
  })
}
