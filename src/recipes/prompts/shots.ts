/** Worked examples for raw completion. None of them stands in a problem set; they show the form, not the answers. */

export const functionShots = `def triple(n):
    """Return three times n."""
    return n * 3


def first_words(lines):
    """Return the first word of every line that is not empty."""
    words = []
    for line in lines:
        if line.strip():
            words.append(line.split()[0])
    return words


def count_above(values, limit):
    """Return how many values are greater than limit."""
    return sum(1 for value in values if value > limit)`

export const programShots = `# Task: Read one integer n and print n minus one.
# Program:
n = int(input())
print(n - 1)

# Task: Read a line of words and print how many of them start with a capital letter.
# Program:
words = input().split()
print(sum(1 for word in words if word[0].isupper()))

# Task: The first line holds n. Each of the next n lines holds an integer. Print the smallest one.
# Program:
n = int(input())
numbers = [int(input()) for _ in range(n)]
print(min(numbers))`

export const answerShots = `# Question: A shelf holds 12 books. Lena takes 5 of them away. How many books are left on the shelf?
def solution():
    return 12 - 5

# Question: Seats are sold in rows of 8. How many seats are in 7 rows?
def solution():
    return 8 * 7

# Question: A farmer has 14 hens and gets 9 more. How many hens does he have?
def solution():
    return 14 + 9

# Question: 36 cards are dealt to 4 players. How many cards does each player get?
def solution():
    return 36 / 4

# Question: A coat costs 80 euros and is sold with a discount of 25%. Two coats are bought. What is paid?
def solution():
    price = 80 - 80 * 25 / 100
    return 2 * price

# Question: A number plus 7 is 20. What is the number?
def solution():
    return 20 - 7`
