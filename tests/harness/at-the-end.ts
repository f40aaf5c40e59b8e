import { afterAll, onTestFinished, TestRunner } from 'vitest'

/**
 * What clears something away: at the end of the test that made it or, made outside of one, of its file. An `afterAll`
 * within a test is heard by nobody.
 */
export function atTheEnd(clear: () => unknown): void {
  const register = TestRunner.getCurrentTest() ? onTestFinished : afterAll
  register(async () => void (await clear()))
}
