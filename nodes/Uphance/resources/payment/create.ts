import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { createOnce } from '../../operations/createOnce';
import { findById } from '../../operations/find';
import { additionalText, locatorText } from '../../operations/itemSubject';
import { resolveLocator } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { adviceBeforeRerun, assertRetrySafe } from '../../operations/retryGuard';
import { withFirst } from '../../output/values';
import { buildBody, toProperties } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { parseLocator } from '../../parameters/locator';
import { hasThreeDecimals, parseDecimal } from '../../parameters/numbers';
import { additionalJson, parseBoolean, parseJsonObject, parseText, toCode } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { orderLookup } from '../order/order';
import { amountField, optionalFields, orderField, returnExisting } from './createFields';
import { findExistingPayments } from './existingPayments';
import { paymentLookup } from './payment';
import { hintIfSamePayment, showPaymentHints } from './paymentHints';

/** Creates a payment with the fields that the only known client sends (docs/uphance.openapi.yaml: POST /payments). */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a payment',
		description: 'Record money received for a sales order',
	},
	writes: true,
	subject: {
		noun: 'payment',
		adviceBeforeRerun: adviceBeforeRerun(returnExisting),
		reference: (context, item) => additionalText(context, item, 'reference'),
		otherName: (context, item) => locatorText(context, item, orderField.name, 'sales order'),
	},
	fields: [
		orderField,
		amountField,
		collection('Additional Fields', 'additionalFields', 'field', [additionalJson, ...toProperties(optionalFields)]),
	],
	options: [returnExisting],
	async run(item, client) {
		const shouldReturnExisting = parseBoolean(returnExisting, this.getNodeParameter('options', item, {}));
		assertRetrySafe(this, item, returnExisting, 'payments', 'Reference');
		const additional = this.getNodeParameter('additionalFields', item, {});
		const decimalAmount = readAmount(this.getNodeParameter(amountField.name, item));
		const additionalValues = withoutBlankKeys(parseJsonObject(additionalJson, additional));
		const optional = buildBody(optionalFields, additional, this.getTimezone());
		const rawReference = 'reference' in additionalValues ? additionalValues.reference : optional.reference;
		const reference = toCode("'Reference'", String(rawReference ?? ''));
		if (shouldReturnExisting && reference === '') throw missingReferenceError(item);
		const locator = parseLocator(orderLookup.label, this.getNodeParameter(orderField.name, item));
		const order = await resolveLocator(client, orderLookup, locator);
		const body: IDataObject = {
			amount: await formatAmount(client, decimalAmount, order),
			...optional,
			sale_id: order.id,
			...additionalValues,
			...(shouldReturnExisting && { reference }),
		};
		await hintIfSamePayment(this, client, item, body, shouldReturnExisting);
		const payment = await createOnce(client, {
			recordType: paymentLookup.recordType,
			body,
			creation: {
				noun: 'the payment',
				adviceIfUnknown: shouldReturnExisting
					? "Run this again later: 'Return Existing Payment' looks for it first."
					: "Look at the payments of this sales order in Uphance before you run this again, or use a 'Reference' and turn on 'Return Existing Payment', which looks first.",
				adviceIfRejected: 'Correct the values that Uphance names. IDs must belong to the organisation.',
			},
			describe: paymentLookup.describe,
			existing: shouldReturnExisting
				? {
						key: JSON.stringify(['payment', body.sale_id, body.reference, body.amount]),
						find: async () => await findExistingPayments(client, body),
						description: `payments of this sales order with reference '${reference}' and amount ${String(body.amount)}`,
						hint: (message) => this.addExecutionHints({ message, location: 'outputPane' }),
					}
				: undefined,
		});
		await showPaymentHints(this, client, body, payment);
		return withFirst(payment, ['id', 'reference', 'amount', 'alreadyExisted']);
	},
};

/** Returns Additional JSON without a blank amount or order, which must not go out instead of that of the field. */
const withoutBlankKeys = (values: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(values).filter(
			([name, value]) => !['amount', 'sale_id'].includes(name) || toComparable(value) !== '',
		),
	);

/**
 * Returns the amount as a decimal number.
 *
 * @throws UserError for anything else, and for an empty field
 */
function readAmount(value: unknown): string {
	const given = typeof value === 'number' ? value : parseText(amountField.displayName, value);
	if (given !== '') return parseDecimal("'Amount'", given);
	throw new UserError("'Amount' is empty", {
		description: 'Enter the amount that was paid, such as 125.00. Nothing was sent for this item.',
	});
}

/**
 * Returns the amount with two decimals, as the only known client sends it. If it has three, the currency of the sales
 * order decides, because 1.250 means 1250 in some countries. Then it reads the order, unless the record is given.
 *
 * @throws UserError if the amount has more decimals than the currency; NodeApiError if the request fails
 */
async function formatAmount(
	client: UphanceClient,
	amount: string,
	{ id, record }: { id: number; record?: IDataObject },
): Promise<string> {
	const [whole = '', decimals = ''] = amount.split('.');
	if (decimals.length < 3) return `${whole}.${decimals.padEnd(2, '0')}`;
	const order = decimals.length === 3 ? (record ?? (await findById(client, orderLookup.recordType, id))) : undefined;
	if (hasThreeDecimals(order?.currency)) return amount;
	throw new UserError(`'Amount' has more decimals than the currency of the sales order: '${amount}'`, {
		description:
			'Round it, such as {{ $json.total.toFixed(2) }}, and leave out thousands separators. Nothing was sent for this item.',
	});
}

const missingReferenceError = (item: number): UserError =>
	new UserError("'Return Existing Payment' needs a 'Reference'", {
		description: `It is empty in input item ${item + 1}. Nothing was sent for this item.`,
	});
