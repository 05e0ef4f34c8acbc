import type { IDataObject } from 'n8n-workflow';
import { createdAfter, createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { afterId } from '../../parameters/filters';
import { amount, dayOf, numberText, numbered, orNull } from '../../output/values';
import { readable } from '../../operations/readableResource';

/** users.md B2 */
const simplify = (note: IDataObject): IDataObject => ({
	id: orNull(note.id),
	credit_note_number: numberText(note.credit_note_number),
	created_at: orNull(note.created_at),
	order_number: numberText(note.order_number),
	reference: orNull(note.reference),
	subtotal: amount(note.subtotal),
	total_tax: amount(note.total_tax),
	grand_total: amount(note.grand_total),
	amount_outstanding: amount(note.amount_outstanding),
	warehouse_name: orNull(note.warehouse_name),
});

/** uphance-api.md 4.8 */
export const creditNote = readable({
	option: { name: 'Credit Note', value: 'creditNote', description: 'What a customer gets back; amounts are positive' },
	findable: {
		kind: {
			path: '/credit_notes',
			listKey: 'credit_notes',
			key: 'credit_note',
			singular: 'credit note',
			plural: 'credit notes',
			example: '2004079',
		},
		label: 'Credit Note',
		search: 'searchCreditNotes',
		lookups: [],
		named: ({ credit_note_number }) => `credit note ${String(credit_note_number)}`,
	},
	idParameter: 'creditNoteId',
	simplify,
	itemPer: documentRows(simplify),
	newestFirst: true,
	label: ({ credit_note_number, order_number, grand_total, created_at }) => [
		numbered(credit_note_number),
		order_number && `order ${String(order_number)}`,
		grand_total,
		dayOf(created_at),
	],
	filters: [afterId('credit notes'), createdAfter('credit notes'), createdBefore('credit notes')],
});
