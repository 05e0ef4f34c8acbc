import type { IDataObject } from 'n8n-workflow';
import { readableResource } from '../../operations/readableResource';
import { lineItemRows } from '../../output/lineItemRows';
import { toNumber, datePart, toText, formatNumber, orNull } from '../../output/values';
import { afterIdFilter, createdAfterFilter, createdBeforeFilter } from '../../parameters/filters';
import { skuCodes } from '../sku/skuCodes';

/** Returns the ten fields of a credit note that the next node usually needs. */
const simplify = (note: IDataObject): IDataObject => ({
	id: orNull(note.id),
	credit_note_number: toText(note.credit_note_number),
	created_at: orNull(note.created_at),
	order_number: toText(note.order_number),
	reference: orNull(note.reference),
	subtotal: toNumber(note.subtotal),
	total_tax: toNumber(note.total_tax),
	grand_total: toNumber(note.grand_total),
	amount_outstanding: toNumber(note.amount_outstanding),
	warehouse_name: orNull(note.warehouse_name),
});

/** The resource Credit Note (docs/uphance.openapi.yaml: GET /credit_notes). */
export const creditNote = readableResource({
	option: { name: 'Credit Note', value: 'creditNote', description: 'Credit for a customer; amounts are positive' },
	lookup: {
		recordType: {
			path: '/credit_notes',
			listKey: 'credit_notes',
			singularKey: 'credit_note',
			singular: 'credit note',
			plural: 'credit notes',
			supportsSinceId: true,
			namesOrganisation: true,
			example: '2004079',
		},
		label: 'Credit Note',
		listSearchMethod: 'searchCreditNotes',
		lookups: [],
		describe: ({ credit_note_number }) => `credit note ${String(credit_note_number)}`,
	},
	idParameter: 'creditNoteId',
	simplify,
	itemPer: lineItemRows(simplify, skuCodes),
	newestFirst: true,
	label: ({ credit_note_number, order_number, grand_total, created_at }) => [
		formatNumber(credit_note_number),
		order_number && `order ${String(order_number)}`,
		grand_total,
		datePart(created_at),
	],
	filters: [afterIdFilter('credit notes'), createdAfterFilter('credit notes'), createdBeforeFilter('credit notes')],
});
