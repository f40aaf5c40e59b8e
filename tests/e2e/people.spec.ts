import { builtInRoles } from '#contract/access'
import { countClicks } from './run/clicks.ts'
import { promisedTasks } from './run/people.ts'
import { settled } from './run/screens.ts'
import { tasks } from './run/tasks.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const promised = promisedTasks()

test('every role has five tasks, and each one that exists is done below', () => {
  for (const role of builtInRoles) {
    const own = promised.filter((one) => one.role === role)
    expect(own, role).toHaveLength(5)
    const existing = own.filter(({ clicks }) => clicks !== null).map(({ task }) => task)
    expect(Object.keys(tasks[role]), role).toEqual(existing)
  }
})

for (const role of builtInRoles) {
  test(`${role}: the most frequent tasks take the clicks they are said to take`, async ({
    open,
    faults,
    demonstration: { database },
  }) => {
    // Somebody whose sessions end finds it out by asking, and so does one that wakes under another token.
    if (role === 'administrator' || role === 'support') faults.allow(/401/)
    const page = await open(role)
    const maker = await open('administrator')
    const clicks = await countClicks(page)
    for (const { task, clicks: expected } of promised.filter(
      (one) => one.role === role && one.clicks !== null,
    )) {
      await test.step(task, async () => {
        await page.goto('/')
        await settled(page)
        // The question for a second factor comes once in five minutes, and is answered by keys.
        await justSteppedUp(database)
        const before = clicks()
        await tasks[role][task]?.({ page, maker, openAnother: () => open('nobody'), database })
        expect(clicks() - before, task).toBe(expected)
      })
    }
  })
}
