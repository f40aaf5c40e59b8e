import { expect, test } from 'vitest'
import { markIn } from './mark.ts'

const mark = 'ab12'.repeat(16)
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))

test('a mark is found among bytes that are no text', () => {
  expect(markIn(bytes(`\xFF\x00<dc:identifier>urn:sha256:${mark}</dc:identifier>\x80`))).toBe(mark)
})

test('what is too short, or written otherwise, is none', () => {
  expect(markIn(bytes(`urn:sha256:${mark.slice(1)}`))).toBeUndefined()
  expect(markIn(bytes(`urn:sha256:${mark.toUpperCase()}`))).toBeUndefined()
  expect(markIn(bytes(''))).toBeUndefined()
})
