/** A winmail.dat for tests. */

const number = (value: number, bytes: 2 | 4) => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}
const attribute = (id: number, value: Buffer) =>
  Buffer.concat([Buffer.from([2]), number(id, 4), number(value.length, 4), value, number(0, 2)])
const padded = (value: Buffer) => Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)])
const property = (type: number, id: number, value: Buffer) =>
  Buffer.concat([number(type, 2), number(id, 2), number(1, 4), number(value.length, 4), padded(value)])

/** As Outlook packs: a short name, the bytes, and the long name among the properties. */
export const winmailWith = (name: string, content: Buffer): Buffer =>
  Buffer.concat([
    number(0x223e9f78, 4),
    number(1, 2),
    attribute(0x00089006, Buffer.alloc(4)),
    attribute(0x00069002, Buffer.alloc(14)),
    attribute(0x00018010, Buffer.from('RAPPOR~1.PDF\0')),
    attribute(0x0006800f, content),
    attribute(
      0x00069005,
      Buffer.concat([
        number(3, 4),
        Buffer.concat([number(3, 2), number(0x0e20, 2), number(16, 4)]),
        Buffer.concat([
          number(3, 2),
          number(0x8000, 2),
          Buffer.alloc(16),
          number(0, 4),
          number(7, 4),
          number(1, 4),
        ]),
        property(0x1f, 0x3707, Buffer.from(`${name}\0`, 'utf16le')),
      ]),
    ),
  ])
