/** Of the package, which brings no types, what is used here. */
declare module 'subset-font' {
  type Options = {
    targetFormat: 'woff2'
    /** The axis kept between two of its values. */
    variationAxes: Record<string, { min: number; max: number }>
  }
  /** @param characters those whose pictures are kept */
  export default function subsetFont(font: Buffer, characters: string, options: Options): Promise<Buffer>
}
