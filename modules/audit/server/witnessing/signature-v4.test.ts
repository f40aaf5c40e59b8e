import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signedHeaders } from './signature-v4.ts'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const signatureIn = (headers: Record<string, string>) => headers['authorization']?.split('Signature=')[1]

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "Examples: Signature Calculations"
describe('the examples of S3', () => {
  const credentials = {
    accessKey: 'AKIAIOSFODNN7EXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 's3',
  }
  const at = new Date('2013-05-24T00:00:00Z')
  const sign = (method: string, path: string, headers: Record<string, string>, body = '') => {
    const payload = digest(body)
    const url = new URL(path, 'https://examplebucket.s3.amazonaws.com')
    const all = { ...headers, 'x-amz-content-sha256': payload }
    return signatureIn(signedHeaders({ method, url, headers: all, payload }, credentials, at))
  }

  test('GET Object', () => {
    expect(sign('GET', '/test.txt', { range: 'bytes=0-9' })).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    )
  })

  test('PUT Object, with a sign in its name that must be written otherwise', () => {
    const headers = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' }
    expect(sign('PUT', '/test$file.text', headers, 'Welcome to Amazon S3.')).toBe(
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    )
  })

  test('GET Bucket Lifecycle, a parameter without a value', () => {
    expect(sign('GET', '/?lifecycle', {})).toBe(
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    )
  })

  test('GET Bucket, two parameters', () => {
    expect(sign('GET', '/?max-keys=2&prefix=J', {})).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    )
  })
})

// The Signature Version 4 test suite: get-vanilla and get-vanilla-query-order-key-case
describe('the test suite', () => {
  const credentials = {
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  }
  const at = new Date('2015-08-30T12:36:00Z')

  test.each([
    ['/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['/?Param2=value2&Param1=value1', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
  ])('GET %s', (path, signature) => {
    const url = new URL(path, 'https://example.amazonaws.com')
    const request = { method: 'GET', url, headers: {}, payload: digest('') }
    expect(signatureIn(signedHeaders(request, credentials, at))).toBe(signature)
  })
})
