// The headings by which a field is known without asking.
import { importFields, type ImportField } from '#contract/clients'

const knownHeadings: Record<ImportField, string> = {
  lastName: 'Nom; Nom de famille; Last name; Surname; Family name',
  firstName: 'Prénom; Prénoms; First name; Given name',
  email: 'Email; E-mail; Mail; Courriel; Adresse mail; Adresse e-mail; Adresse électronique; Email address',
  phone: 'Téléphone; Tél; Portable; Mobile; Téléphone portable; Numéro de téléphone; Phone; Phone number',
  address: 'Adresse; Adresse postale; Rue; Address; Street; Street address',
  postalCode: 'Code postal; CP; Postal code; Postcode; Zip; Zip code',
  city: 'Ville; Commune; City; Town',
  department: 'Département; Dépt; Dpt; Code département; Numéro de département; Department',
  status: 'Statut; État; Status',
  kind: 'Type; Type de client; Profil; Kind; Client type',
  nextPaymentOn:
    'Prochain paiement; Date du prochain paiement; Prochaine échéance; Next payment; Next payment on; Next payment date',
  lastSignInAt: 'Dernière connexion; Date de dernière connexion; Last sign-in; Last sign-in at; Last login',
  rpps: 'RPPS; Numéro RPPS; N° RPPS; RPPS number',
  adeli: 'ADELI; Numéro ADELI; N° ADELI; ADELI number',
  siret: 'SIRET; Numéro SIRET; N° SIRET; SIRET number',
  origin: 'Origine; Provenance; Source; Origin',
}

/** Headings are compared without accents, case, spaces or punctuation. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

const fieldByHeading = new Map<string, ImportField>(
  importFields.flatMap((field) =>
    knownHeadings[field].split(';').map((heading) => [headingKey(heading), field] as const),
  ),
)

export function knownField(heading: string): ImportField | undefined {
  return fieldByHeading.get(headingKey(heading))
}

export function isImportField(name: string): name is ImportField {
  return (importFields as readonly string[]).includes(name)
}
