import { expect, test } from 'vitest'
import { run } from './types.ts'

test('db/central-types.ts says what the migrations make', async () => {
  expect(await run(['--verify']), 'run bin/mgp types').toBe(0)
})
