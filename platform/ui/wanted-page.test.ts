import { describe, expect, test } from 'vitest'
import { wantedPage } from './wanted-page.ts'

const origin = 'https://admin.example.com'

describe('the page shown after sign-in', () => {
  test.each(['/clients', '/clients?status=prospect&department=54', '/clients/0190#invoices', '/'])(
    'is the one asked for before: %s',
    (asked) => expect(wantedPage(asked, origin)).toBe(asked),
  )

  test.each([
    'https://elsewhere.example.net/',
    '//elsewhere.example.net/clients',
    '/\\elsewhere.example.net',
    '\\\\elsewhere.example.net',
    '/../..//elsewhere.example.net',
    '/\t/elsewhere.example.net',
    '/clients\n//elsewhere.example.net',
    'javascript:alert(1)',
    'clients',
    '',
    null,
    undefined,
  ])('is the start page when the address asked for is not a page of this app: %j', (asked) =>
    expect(wantedPage(asked, origin)).toBe('/'),
  )

  test('is never the sign-in page again', () => {
    expect(wantedPage('/sign-in?next=/sign-in', origin)).toBe('/')
  })
})
