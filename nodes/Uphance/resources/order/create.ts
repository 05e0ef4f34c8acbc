import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { fieldsOf } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { createOnce } from '../../operations/createOnce';
import { findAll } from '../../operations/find';
import type { Operation } from '../../operations/operation';
import { records } from '../../output/values';
import { rowsFields } from '../../parameters/rows';
import { switchedOn } from '../../parameters/switchedOn';
import { additionalJson } from '../../parameters/typedJson';
import type { Connection } from '../../transport/client';
import { skuByField } from '../sku/skuFields';
import { identityOf, refuseUnsafeItems } from './duplicateItems';
import { customerField, orderStatus, returnExisting, useCustomerDefaults } from './createFields';
import { documentedFields } from './documentedFields';
import { lineItemRows } from './lineItemRows';
import { orderBody } from './orderBody';
import { byPurchaseOrderRef, salesOrder } from './order';

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
		skuByField,
		...rowsFields(lineItemRows),
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...fieldsOf(documentedFields.filter(({ field }) => field !== orderStatus)),
		]),
	],
	options: [returnExisting, useCustomerDefaults],
	async run(item, uphance) {
		await refuseUnsafeItems(this, item, uphance);
		const once = switchedOn(returnExisting, this.getNodeParameter('options', item, {}));
		const identity = await identityOf(this, item, uphance);
		const { customerId, reference } = identity;
		if (once && reference === '') throw blankReference(item);
		const body = { ...(await orderBody(this, item, uphance, identity)), ...(once && { purchaseOrderRef: reference }) };
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
