/** Of a migration, without the number it begins with, which stands beside it already: `0002_practice` is practice. */
export const bareName = (name: string | undefined) => name?.replace(/^\d+_/, '')
