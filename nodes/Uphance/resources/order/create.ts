import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { CreateOptions } from '../../operations/createOnce';
import { createOnce } from '../../operations/createOnce';
import { additionalText, locatorText } from '../../operations/itemSubject';
import { resolveLocator } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { adviceBeforeRerun, assertRetrySafe } from '../../operations/retryGuard';
import { withFirst } from '../../output/values';
import { toProperties } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { additionalJson } from '../../parameters/parse';
import { rowsProperties } from '../../parameters/rows';
import type { UphanceClient } from '../../transport/client';
import { customerLookup } from '../customer/customer';
import { customerField, orderStatus, returnExisting, useCustomerDefaults } from './createFields';
import type { OrderCustomer } from './customerDefaults';
import { customerDefaults, missingFields } from './customerDefaults';
import { assertNoDuplicate, assertNotCreatedBefore, groupItems } from './duplicateItems';
import { adviceIfUnknown, findExistingOrders } from './existingOrders';
import { lineItemRows } from './lineItemFields';
import { orderLookup } from './order';
import { orderFields } from './orderFields';
import { hints } from './orderHints';
import type { OrderInput } from './orderInput';
import { readOrderInputs } from './orderInput';
import { resolveLineItems } from './resolveLineItems';

/** Creates a sales order with all documented fields (docs/uphance.openapi.yaml: POST /sales_orders). */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a sales order',
		description: 'Create a sales order as draft or confirmed',
	},
	writes: true,
	subject: {
		noun: 'order',
		adviceBeforeRerun: adviceBeforeRerun(returnExisting),
		reference: (context, item) => additionalText(context, item, 'purchaseOrderRef'),
		otherName: (context, item) => locatorText(context, item, customerField.name, 'customer'),
	},
	fields: [
		customerField,
		orderStatus,
		...rowsProperties(lineItemRows),
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...toProperties(orderFields.filter(({ field }) => field !== orderStatus)),
		]),
	],
	options: [returnExisting, useCustomerDefaults],
	async run(item, client) {
		assertRetrySafe(this, item, returnExisting, 'sales orders', 'Purchase Order Ref');
		const { inputs, groups, seen } = await client.cachedForExecution('order inputs', async () => readAll(this));
		assertNoDuplicate(this, item, groups.get(item));
		const result = inputs[item];
		if (!result) throw new UserError(`There is no input item ${item + 1}`);
		if ('error' in result) throw result.error;
		const { input } = result;

		const hint = (message: string) => this.addExecutionHints({ message, location: 'outputPane' });
		const customer = await resolveCustomer(client, input);
		assertNotCreatedBefore(this, seen, item, groups.get(item), client.organisation.id, customer.customerId, input);
		const line_items = await resolveLineItems(this, client, input);
		const body = await buildOrderBody(client, input, customer, line_items);
		const order = await createOnce(client, createOptions(client, input, customer.customerId, body, hint));
		hints(input, body, order).forEach(hint);
		return withFirst(order, ['order_number', 'status', 'alreadyExisted']);
	},
};

/** Everything about the input that is known before the first order is created. */
async function readAll(context: IExecuteFunctions) {
	const inputs = readOrderInputs(context);
	return await Promise.resolve({ inputs, groups: groupItems(inputs), seen: new Map<string, number>() });
}

/** Returns the id of the customer, and the record if it was looked up. @throws UserError if there is no such customer */
async function resolveCustomer(
	client: UphanceClient,
	{ customer, additionalValues }: OrderInput,
): Promise<OrderCustomer> {
	if ('customerId' in additionalValues) return { customerId: customer.value };
	const { id, record } = await resolveLocator(client, customerLookup, customer);
	return { customerId: String(id), customer: record };
}

/**
 * Returns the body of the request, with defaults looked up.
 *
 * @throws UserError if there is no such customer; NodeApiError if a request fails
 */
async function buildOrderBody(
	client: UphanceClient,
	input: OrderInput,
	customer: OrderCustomer,
	line_items: IDataObject[],
): Promise<IDataObject> {
	const { fields, additionalValues, usesCustomerDefaults, shouldReturnExisting, reference } = input;
	const missing = usesCustomerDefaults ? missingFields(fields, additionalValues) : [];
	const defaults = await customerDefaults(client, customer, missing);
	return {
		customerId: Number(customer.customerId),
		...fields,
		...defaults,
		line_items,
		...additionalValues,
		...(shouldReturnExisting && { purchaseOrderRef: reference }),
	};
}

function createOptions(
	client: UphanceClient,
	input: OrderInput,
	customerId: string,
	body: IDataObject,
	hint: (message: string) => void,
): CreateOptions {
	const { reference, shouldReturnExisting } = input;
	return {
		recordType: orderLookup.recordType,
		body,
		describe: orderLookup.describe,
		creation: {
			noun: 'the sales order',
			adviceIfUnknown: adviceIfUnknown(reference, shouldReturnExisting),
			adviceIfRejected:
				"'Season', 'Channel', 'Agent', 'Warehouse' and 'Payment Term' must be spelled as in Uphance, and IDs must belong to the organisation.",
		},
		existing: shouldReturnExisting
			? {
					key: JSON.stringify([customerId, reference]),
					find: async () => await findExistingOrders(client, customerId, reference),
					description: `sales orders of this customer with purchase order ref '${reference}'`,
					hint,
				}
			: undefined,
	};
}
