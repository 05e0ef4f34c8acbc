import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { collection } from '../../operation/collection';
import { UserError } from 'n8n-workflow';
import { bodyOf, fieldsOf } from '../../operation/bodyFields';
import { choiceIn, idIn } from '../../operation/chosenRecord';
import { createOnce } from '../../operation/createOnce';
import { findAll } from '../../operation/find';
import type { Operation } from '../../operation/operation';
import { records } from '../../operation/plainValues';
import { switchedOn } from '../../operation/switchedOn';
import { additionalJson, typedJson, typedObject } from '../../operation/typedJson';
import { typedText } from '../../operation/typedText';
import type { Connection } from '../../transport/connection';
import { isRecord } from '../../transport/failure';
import { customer } from '../customer/customer';
import { identityOf, refuseUnsafeItems } from './askedOrders';
import { customerField, documentedFields, lineItemFields, orderStatus, returnExisting } from './createFields';
import { lineItemsFrom } from './lineItems';
import { byPurchaseOrderRef, salesOrder } from './salesOrder';

/** POST /sales_orders with every documented field (uphance-api.md 4.1). */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a sales order',
		description: 'Create a sales order as draft or confirmed',
	},
	writes: true,
	fields: [
		customerField,
		orderStatus,
		...lineItemFields,
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...fieldsOf(documentedFields.filter(({ field }) => field !== orderStatus)),
		]),
	],
	options: [returnExisting],
	async run(item, uphance) {
		await refuseUnsafeItems(this, item, uphance);
		const once = switchedOn(returnExisting, this.getNodeParameter('options', item, {}));
		const { customerId, reference } = identityOf(this, item);
		if (once && reference === '') throw blankReference(item);
		const body = { ...bodyIn(this, item), ...(once && { purchaseOrderRef: reference }) };
		const order = await createOnce(uphance, {
			kind: salesOrder.kind,
			body,
			creates: {
				what: 'the sales order',
				whenUnknown: whenUnknown(reference, once),
				whenRefused:
					"'Season', 'Channel', 'Agent Name', 'Warehouse Name' and 'Payment Term' must be spelled as in Uphance, and IDs must belong to the organisation.",
			},
			unlessExists: once
				? {
						key: JSON.stringify([customerId, reference]),
						find: async () => await existingOrder(uphance, customerId, reference),
					}
				: undefined,
		});
		const missing = order.alreadyExisted ? skusOf(body).filter((sku) => !skusOf(order).includes(sku)) : [];
		if (missing.length > 0) {
			const message = `${salesOrder.named(order)} was there before, without SKU ${missing.join(', ')}: nothing was added to it.`;
			this.addExecutionHints({ message: message[0]?.toUpperCase() + message.slice(1), location: 'outputPane' });
		}
		return order;
	},
};

const skusOf = ({ line_items: items }: IDataObject): string[] =>
	records(items).flatMap(({ line_quantities }) => records(line_quantities).map(({ sku_id }) => String(sku_id)));

/** The body of the request, in the order of Uphance's example. */
function bodyIn(context: IExecuteFunctions, item: number): IDataObject {
	const additional = context.getNodeParameter('additionalFields', item, {});
	const { displayName, name } = customerField;
	return {
		customerId: idIn(displayName, choiceIn(displayName, context.getNodeParameter(name, item)), customer.kind),
		...bodyOf(
			documentedFields,
			{ ...additional, order_status: statusIn(context.getNodeParameter('order_status', item)) },
			context.getTimezone(),
		),
		line_items: lineItemsIn(context, item),
		...typedObject(additionalJson, additional),
	};
}

/** @throws UserError for anything but what the menu offers: what Uphance would make of it is unknown */
function statusIn(value: unknown): string {
	const chosen = typedText(orderStatus.displayName, value);
	if (chosen === 'draft' || chosen === 'confirmed') return chosen;
	throw new UserError(`'Order Status' must be draft or confirmed, not '${chosen}'`, {
		description: 'Choose one of the two, or correct the expression.',
	});
}

function lineItemsIn(context: IExecuteFunctions, item: number): IDataObject[] {
	if (context.getNodeParameter('lineItemsSource', item) === 'json') {
		const label = 'Line Items JSON';
		return lineItemsFrom(typedJson(label, context.getNodeParameter('lineItemsJson', item)), label);
	}
	const rows = context.getNodeParameter('lineItems.lineItem', item, []);
	return lineItemsFrom(Array.isArray(rows) ? rows.map(withoutNull) : rows, 'Line Items');
}

/** In a form only an expression yields null: it found nothing. In JSON it is an empty cell. */
const withoutNull = (row: unknown): unknown =>
	isRecord(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) : row;

/** Of this customer, with exactly this ref: two retailers may use the same (users.md W18). */
async function existingOrder(uphance: Connection, customerId: string, ref: string): Promise<IDataObject | undefined> {
	for await (const order of findAll(uphance, salesOrder.kind, byPurchaseOrderRef, ref)) {
		if (String(order.company_id) === customerId) return order;
	}
	return undefined;
}

function whenUnknown(reference: string, once: boolean): string {
	if (once) {
		return `Run this again later: 'Return Existing Order' looks for purchase order ref '${reference}' first.`;
	}
	return reference
		? `Look for purchase order ref '${reference}' in Uphance before you run this again, or turn on 'Return Existing Order', which looks first.`
		: "Look for the customer's newest order in Uphance before you run this again. With a 'Purchase Order Ref' and 'Return Existing Order' the node looks by itself.";
}

const blankReference = (item: number): UserError =>
	new UserError("'Return Existing Order' needs a 'Purchase Order Ref'", {
		description: `It is empty in input item ${item + 1}. Nothing was sent for this item.`,
	});
