/** What a programme that a test starts knows besides what the test tells it: nothing of the variables of this process. */
export const bareEnv = {
  PATH: process.env['PATH'],
  // Compiled once for all of `npm test` (bin/run-tests.ts).
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
}
