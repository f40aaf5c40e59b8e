/** What a line is taxed with. */
export type Rate = {
  vatCategory: 'S' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'Z'
  vatBasisPoints: number
  vatExemption: string | null
}

export const rateKey = (rate: Rate) => `${rate.vatCategory} ${rate.vatBasisPoints} ${rate.vatExemption ?? ''}`
