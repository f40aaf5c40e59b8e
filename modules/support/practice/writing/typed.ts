/** A body as the server takes it: at most so many characters, none of them a control character. */
const maxBody = 50_000
export const maxSubject = 200

/** Without what a paste from elsewhere brings along and no text holds. Line breaks and tabs stay as they are. */
export const writable = (typed: string): string =>
  // oxlint-disable no-control-regex -- what the contract's `text` refuses
  typed
    .replace(/\r\n?|\u000B/g, '\n')
    .replace(/[\u0000-\u0008\u000C\u000E-\u001F\u007F]/g, '')
    .replace(/\p{Cs}/gu, '\u{FFFD}')
// oxlint-enable no-control-regex

/** What keeps a text from being sent, if anything. */
export function bodyProblem(body: string): 'missing' | 'too-long' | undefined {
  if (body.trim() === '') return 'missing'
  return body.length > maxBody ? 'too-long' : undefined
}
