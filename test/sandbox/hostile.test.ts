import { expect, test } from 'vitest'
import { hostile } from './hostile-programs.js'
import { describeOn, honest, honestOutputs, isolating } from './open.js'

for (const member of isolating) {
  describeOn(member, 'hostile programs', ({ run }) => {
    const honestRun = async () => {
      const { cases } = await run({ ...honest, cases: [...honest.cases], limits: { cpuMs: 2000, wallMs: 10_000 } })
      expect(cases.map(({ status, stdout }) => [status, stdout])).toEqual(honestOutputs.map((text) => ['ok', text]))
    }

    const ownUsers = member.backend.id !== 'bubblewrap' || process.getuid?.() === 0
    const rows = hostile.filter(({ ownUser }) => ownUsers || !ownUser)

    test.each(rows.map((row) => [row.name, row] as const))('%s', async (_, { code, cases, limits, expected, last }) => {
      // A program whose text must not be found by the next one.
      await run({ code: 'x = ["SECRET_MARKER" * 3]', cases: [{ stdin: 'SECRET_MARKER' }] })
      const result = await run({ code, cases: cases ?? [{}], limits })
      const [first] = result.cases
      for (const [key, wanted] of Object.entries(expected)) {
        const told = `${key} of ${JSON.stringify(first)?.slice(0, 600)}`
        const got = first?.[key as keyof typeof first]
        if (wanted instanceof RegExp) expect(got, told).toMatch(wanted)
        else expect(got, told).toEqual(wanted)
      }
      if (last) expect(result.cases.at(-1)).toMatchObject(last)
      await honestRun()
    })

    test('what a daemon would have written later is not there', async () => {
      const listing =
        'import os\nprint([f for d in ("/tmp", "/dev/shm", "/var/tmp") if os.path.isdir(d) for f in os.listdir(d) if f != os.path.basename(os.getcwd())])'
      expect((await run({ code: listing, cases: [{}] })).cases[0]!.stdout).toBe('[]\n')
    })
  })
}
