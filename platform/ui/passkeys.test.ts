import { describe, expect, test, vi } from 'vitest'
import { isIpAddress, passkeysWork, problemOf } from './passkeys.ts'

test.each([
  ['127.0.0.1', true],
  ['192.168.1.20', true],
  ['[::1]', true],
  ['localhost', false],
  ['admin.example.com', false],
  ['10.example.com', false],
])('%s is an IP address: %s', (hostname, expected) => expect(isIpAddress(hostname)).toBe(expected))

describe('passkeys are offered', () => {
  const able = { parseRequestOptionsFromJSON: () => ({}) }
  const browser = (secure: boolean, offer: object | undefined) => {
    vi.stubGlobal('isSecureContext', secure)
    vi.stubGlobal('PublicKeyCredential', offer && Object.assign(() => undefined, offer))
  }

  test('on a host with a name that the browser holds to be safe', () => {
    browser(true, able)
    expect(passkeysWork({ hostname: 'localhost' })).toBe(true)
    expect(passkeysWork({ hostname: 'admin.example.com' })).toBe(true)
  })

  test('not on an IP address, to which no passkey can be bound', () => {
    browser(true, able)
    expect(passkeysWork({ hostname: '127.0.0.1' })).toBe(false)
  })

  test('not over plain http, nor by a browser that cannot read what the server asks', () => {
    browser(false, able)
    expect(passkeysWork({ hostname: 'admin.example.com' })).toBe(false)
    browser(true, {})
    expect(passkeysWork({ hostname: 'admin.example.com' })).toBe(false)
    browser(true, undefined)
    expect(passkeysWork({ hostname: 'admin.example.com' })).toBe(false)
  })
})

test.each([
  ['NotAllowedError', 'cancelled'],
  ['AbortError', 'cancelled'],
  ['InvalidStateError', 'known'],
  ['ConstraintError', 'unfit'],
  ['NotSupportedError', 'unfit'],
  ['SecurityError', 'failed'],
])('what the browser calls %s is %s to a person', (name, problem) =>
  expect(problemOf(new DOMException('', name))).toBe(problem),
)

test('any other error is a failure', () => expect(problemOf(new TypeError('x'))).toBe('failed'))
