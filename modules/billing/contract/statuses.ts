/** The life of an electronic invoice between the platforms (XP Z12-012; the codes of FNFE's rules V1.4). */
import { z } from 'zod'

/** What a platform or the buyer may say of an invoice. 200, 210, 212 and 213 are the ones the law asks for. */
export const platformStatuses = [
  200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 213, 501,
] as const
export const PlatformStatus = z.literal(platformStatuses)
export type PlatformStatus = z.infer<typeof PlatformStatus>

/** Each of these says why, in one of its codes (BR-FR-CDV-15, BR-FR-CDV-CL-09). */
export const statusReasons = {
  206: [
    'ART_ERR',
    'AUTRE',
    'CMD_ERR',
    'CODE_ROUTAGE_ERR',
    'LIVR_INCOMP',
    'MODPAI_ERR',
    'PU_ERR',
    'QTE_ERR',
    'QUALITE_ERR',
    'REF_CT_ABSENT',
    'REF_ERR',
    'REM_ERR',
    'SIRET_ERR',
  ],
  207: [
    'ADR_ERR',
    'ART_ERR',
    'AUTRE',
    'CALCUL_ERR',
    'CMD_ERR',
    'CODE_ROUTAGE_ERR',
    'CONTRAT_TERM',
    'COORD_BANC_ERR',
    'DEST_ERR',
    'DEST_INC',
    'DOUBLE_FACT',
    'DOUBLON',
    'EMMET_INC',
    'LIVR_INCOMP',
    'MODPAI_ERR',
    'MONTANTTOTAL_ERR',
    'NON_CONFORME',
    'PU_ERR',
    'QTE_ERR',
    'QUALITE_ERR',
    'REF_CT_ABSENT',
    'REF_ERR',
    'REM_ERR',
    'SIRET_ERR',
    'TRANSAC_INC',
    'TX_TVA_ERR',
  ],
  208: [
    'CMD_ERR',
    'CODE_ROUTAGE_ERR',
    'COORD_BANC_ERR',
    'JUSTIF_ABS',
    'REF_CT_ABSENT',
    'REF_ERR',
    'SIRET_ERR',
  ],
  210: [
    'ADR_ERR',
    'CALCUL_ERR',
    'CMD_ERR',
    'CONTRAT_TERM',
    'DEST_ERR',
    'DOUBLE_FACT',
    'DOUBLON',
    'EMMET_INC',
    'MONTANTTOTAL_ERR',
    'NON_CONFORME',
    'REF_CT_ABSENT',
    'TRANSAC_INC',
    'TX_TVA_ERR',
  ],
  213: [
    'ADR_ERR',
    'CALCUL_ERR',
    'DEST_INC',
    'DOUBLON',
    'MONTANTTOTAL_ERR',
    'REJ_ADR',
    'REJ_ASS_PJ',
    'REJ_COH',
    'REJ_CONT_B2G',
    'REJ_REF_PJ',
    'REJ_SEMAN',
    'REJ_UNI',
  ],
  501: [
    'IRR_ANTIVIRUS',
    'IRR_EXT_DOC',
    'IRR_NOM_F',
    'IRR_NOM_PJ',
    'IRR_SYNTAX',
    'IRR_TAILLE_F',
    'IRR_TAILLE_PJ',
    'IRR_TYPE_F',
    'IRR_VIDE_F',
    'IRR_VID_PJ',
  ],
} as const

export const reasonsOf = (code: number): readonly string[] =>
  code in statusReasons ? statusReasons[code as keyof typeof statusReasons] : []
