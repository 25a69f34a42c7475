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

export const answerShots = `# Question: A shelf holds 12 books. Lena puts 5 more on it. How many books are on the shelf?
def solution():
    books = 12
    added = 5
    return books + added

# Question: Seats are sold in rows of 8. How many seats are in 7 rows?
def solution():
    seats_per_row = 8
    rows = 7
    return seats_per_row * rows

# Question: A coat costs 80 euros and is sold with a discount of 25%. Two coats are bought. What is paid?
def solution():
    price = 80
    discounted = price * (100 - 25) / 100
    return discounted * 2

# Question: A train runs 90 km in 1.5 hours. How far does it run in 4 hours at the same speed?
def solution():
    speed = 90 / 1.5
    return speed * 4`
