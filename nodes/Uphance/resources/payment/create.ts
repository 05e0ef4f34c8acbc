import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { bodyOf, fieldsOf } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { createOnce } from '../../operations/createOnce';
import { chosenId } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { switchedOn } from '../../parameters/switchedOn';
import { additionalJson, typedObject } from '../../parameters/typedJson';
import { decimalText } from '../../parameters/typedNumber';
import { typedText } from '../../parameters/parse';
import { refuseUnsafeRetry } from '../../operations/retryGuard';
import type { Connection } from '../../transport/client';
import { pages } from '../../transport/pagination';
import { salesOrder } from '../order/order';
import { amountField, optionalFields, orderField, returnExisting } from './createFields';
import { payment } from './payment';

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
