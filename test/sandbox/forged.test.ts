/** What a Python program may write where its results belong, and how it may hide the time it takes: never our failure. */
import { expect, test } from 'vitest'
import { describeOn, isolating } from './open.js'

/** Writes records of its own into the results and ends. */
const forge = (records: string) => `import sys, os, json, struct
frame = sys._getframe()
while 'fds' not in frame.f_locals or 'results' not in frame.f_locals['fds']: frame = frame.f_back
for head, value in ${records}:
  text = json.dumps(dict(head, sizes=[0, 0, len(value)])).encode()
  os.write(frame.f_locals['fds']['results'], struct.pack('<I', len(text)) + text + value)
os._exit(0)
`
const returning = (value: string) => forge(`[({'status': 'ok', 'exitCode': 0, 'i': 0}, ${value})]`)

const forgedValues = [
  `b'{"$":"complex","v":[]}'`,
  `b'{"$":"complex","v":[1e400,0]}'`,
  `b'{"$":"int","v":1e400}'`,
  `b'{"$":"int","v":"1_0"}'`,
  `b'{"$":"int","v":true}'`,
  `b'{"$":"int","v":1.5}'`,
  `'{"$":"int","v":"\u0663"}'.encode()`,
  `b'{"$":"bytes","v":"AA"}'`,
  `b'{"$":["x"],"v":1}'`,
  `b'{"$":"set","v":[[1]]}'`,
  `b'[' * 100000`,
  `b'NaN'`,
]

const busy = (seconds: number) => `import signal, time
signal.signal(signal.SIGPROF, signal.SIG_IGN)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
start = time.process_time()
while time.process_time() - start < ${seconds}: pass
`

for (const member of isolating) {
  describeOn(member, 'forged results', ({ run, sandbox }) => {
    const cases = [{ call: { function: 'f', args: [] } }]
    const slotsBefore = () => sandbox().slot

    test.each(forgedValues)('the value %s is the program’s runtime error', async (value) => {
      const slot = slotsBefore()
      const result = await run({ code: returning(value), cases })
      expect(result.cases[0]).toMatchObject({ status: 'runtime_error' })
      expect(result.slot).toEqual(slot)
    })

    test('a compile result that is none is a runtime error', async () => {
      const { cases: calls } = await run({ code: forge(`[({'compile': True}, b'')]`), cases })
      expect(calls[0]).toMatchObject({ status: 'runtime_error' })
      const { cases: runs } = await run({ code: forge(`[({'compile': True}, b'')]`), cases: [{ stdin: '' }] })
      expect(runs[0]).toMatchObject({ status: 'runtime_error', error: expect.stringContaining('nonsense') })
    })

    test('a program that ignores the signals of its timer reaches the time limit, alone and in a batch', async () => {
      const code = `${busy(0.9)}print(1)`
      for (const inputs of [[''], ['', '']]) {
        const result = await run({ code, cases: inputs.map((stdin) => ({ stdin })) })
        expect(result.cases.map(({ status }) => status)).toEqual(inputs.map(() => 'time_limit'))
      }
    })

    test('a batch that hides the time of its cases is run case by case', async () => {
      const code = `import time\nclock = time.process_time\n${busy(0.9)}time.process_time = lambda: 0.0\nprint(1)`
      const result = await run({ code, cases: [{ stdin: '' }, { stdin: '' }] })
      expect(result.cases.map(({ status }) => status)).toEqual(['time_limit', 'time_limit'])
    })
  })
}
