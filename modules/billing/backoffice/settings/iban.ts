/** As it is printed: FR76 9999 9000 … */
export const ibanByFours = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1 ')
