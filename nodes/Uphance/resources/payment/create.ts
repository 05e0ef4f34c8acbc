import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { collection } from '../../operation/collection';
import { UserError } from 'n8n-workflow';
import type { BodyField } from '../../operation/bodyFields';
import { bodyOf, fieldsOf } from '../../operation/bodyFields';
import { createOnce } from '../../operation/createOnce';
import { chosenId } from '../../operation/findChosen';
import { locatorField } from '../../operation/findable';
import type { Operation } from '../../operation/operation';
import { switchedOn } from '../../operation/switchedOn';
import { additionalJson, typedObject } from '../../operation/typedJson';
import { decimalText } from '../../operation/typedNumber';
import { typedText } from '../../operation/typedText';
import { refuseUnsafeRetry } from '../../operation/unsafeRetry';
import type { Connection } from '../../transport/connection';
import { pages } from '../../transport/pages';
import { salesOrder } from '../order/salesOrder';
import { payment } from './payment';

const orderField = locatorField(salesOrder, 'sale_id', 'The sales order that was paid');

const amountField: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 125.00',
	description:
		'In the currency of the sales order. If it is more than an invoice is open for, Uphance makes a credit note of the rest.',
};

const returnExisting: INodeProperties = {
	displayName: 'Return Existing Payment',
	name: 'returnExisting',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the payment that this sales order already has with the same reference and amount instead of creating another. Adds "alreadyExisted" to the output.',
};

const optionalFields: BodyField[] = [
	{
		as: 'text',
		field: {
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: 'e.g. bank-2026-0815',
			description: 'What tells this payment from others, such as the number of the bank transfer',
		},
	},
	{
		as: 'moment',
		field: {
			displayName: 'Created At',
			name: 'created_at',
			type: 'dateTime',
			default: '',
			description: 'When the payment was entered; left empty, Uphance takes the present moment',
		},
	},
	{
		as: 'day',
		field: { displayName: 'Date', name: 'date', type: 'dateTime', default: '', description: 'Day of the payment' },
	},
	{
		as: 'id',
		field: {
			displayName: 'Customer ID',
			name: 'company_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9498',
			description: 'ID of the customer who paid',
		},
	},
	{
		as: 'id',
		field: {
			displayName: 'Invoice ID',
			name: 'invoice_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1000079',
			description: 'ID of the invoice that was paid, not the number people see',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bank transfer',
			description: 'How it was paid; Bank transfer and Cash are known',
		},
	},
];

/** POST /payments (uphance-api.md 4.12); the fields are those that the one known client sends. */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a payment',
		description: 'Record money received for a sales order',
	},
	writes: true,
	fields: [
		orderField,
		amountField,
		collection('Additional Fields', 'additionalFields', 'field', [additionalJson, ...fieldsOf(optionalFields)]),
	],
	options: [returnExisting],
	async run(item, uphance) {
		const once = switchedOn(returnExisting, this.getNodeParameter('options', item, {}));
		refuseUnsafeRetry(this, item, returnExisting, 'payments', 'Reference');
		const additional = this.getNodeParameter('additionalFields', item, {});
		const amount = amountIn(this.getNodeParameter(amountField.name, item));
		const further = typedObject(additionalJson, additional);
		const optional = bodyOf(optionalFields, additional, this.getTimezone());
		const asked = 'reference' in further ? further.reference : optional.reference;
		const reference = String(asked ?? '').trim();
		if (once && reference === '') throw blankReference(item);
		const body: IDataObject = {
			amount,
			...optional,
			sale_id: await chosenId(uphance, salesOrder, this.getNodeParameter(orderField.name, item)),
			...further,
			...(once && { reference }),
		};
		return await createOnce(uphance, {
			kind: payment.kind,
			body,
			creates: {
				what: 'the payment',
				whenUnknown: once
					? "Run this again later: 'Return Existing Payment' looks for it first."
					: "Look at the payments of this sales order in Uphance before you run this again, or use a 'Reference' and turn on 'Return Existing Payment', which looks first.",
				whenRefused: 'Correct the values of this node that it names; IDs must belong to the organisation.',
			},
			unlessExists: once
				? {
						key: JSON.stringify(['payment', body.sale_id, body.reference, body.amount]),
						find: async () => await existingPayment(uphance, body),
					}
				: undefined,
		});
	},
};

/** With two decimals, as the one known client sends it. @throws UserError for anything but a number with a dot */
function amountIn(typed: unknown): string {
	const text = typedText(amountField.displayName, typed);
	if (text === '') {
		throw new UserError("'Amount' is empty", { description: 'Enter what was paid, such as 125.00. Nothing was sent.' });
	}
	const [whole = '', decimals = ''] = decimalText("'Amount'", text).split('.');
	if (decimals.length > 2) {
		throw new UserError(`'Amount' has more than two decimals: '${text}'`, {
			description:
				'Round it, such as {{ $json.total.toFixed(2) }}, and leave out thousands separators. Nothing was sent.',
		});
	}
	return `${whole}.${decimals.padEnd(2, '0')}`;
}

/** Of this order, with this reference and amount (users.md A9). */
async function existingPayment(uphance: Connection, wanted: IDataObject): Promise<IDataObject | undefined> {
	for await (const page of pages(uphance, payment.kind, { order_id: wanted.sale_id })) {
		const found = page.find(
			({ sale_id, reference, amount }) =>
				String(sale_id) === String(wanted.sale_id) &&
				String(reference ?? '').trim() === wanted.reference &&
				Number(amount) === Number(wanted.amount),
		);
		if (found) return found;
	}
	return undefined;
}

const blankReference = (item: number): UserError =>
	new UserError("'Return Existing Payment' needs a 'Reference'", {
		description: `It is empty in input item ${item + 1}. Nothing was sent for this item.`,
	});
