import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { buildBody } from '../../parameters/body';
import { parseOrganisation } from '../../parameters/fields';
import type { LocatorValue } from '../../parameters/locator';
import { parseLocator } from '../../parameters/locator';
import { additionalJson, parseBoolean, parseJsonObject, parseText, toCode } from '../../parameters/parse';
import type { RawRows } from '../../parameters/rows';
import { readRows } from '../../parameters/rows';
import { customerField, orderStatus, returnExisting, useCustomerDefaults } from './createFields';
import { lineItemRows } from './lineItemFields';
import { orderFields } from './orderFields';

/** The parameters of one input item, each parsed once. Nothing is looked up yet. */
export interface OrderInput {
	/** Name or id as typed; '' for the credential's own organisation. */
	organisation: string;
	/** The customer as typed, or the `customerId` of Additional JSON as mode "id". */
	customer: LocatorValue;
	/** '' if the order has no purchase order ref. */
	reference: string;
	shouldReturnExisting: boolean;
	usesCustomerDefaults: boolean;
	/** The documented fields as they are sent. */
	fields: IDataObject;
	/** Additional JSON, which wins over the fields. Its `customerId` is left out if it is blank. */
	additionalValues: IDataObject;
	/** Currency of the prices, as given; undefined if the item does not name it. */
	currency: unknown;
	rows: RawRows;
}

/** @throws UserError that names the parameter that cannot be used */
function readOrderInput(context: IExecuteFunctions, item: number): OrderInput {
	const options = context.getNodeParameter('options', item, {});
	const additional = context.getNodeParameter('additionalFields', item, {});
	const { customerId, ...otherValues } = parseJsonObject(additionalJson, additional);
	const hasCustomerId = toComparable(customerId) !== ''; // a blank one must not go out instead of the customer
	const additionalValues = hasCustomerId ? { ...otherValues, customerId } : otherValues;
	const order_status = parseStatus(context.getNodeParameter('order_status', item));
	const fields = buildBody(orderFields, { ...additional, order_status }, context.getTimezone());
	const input: OrderInput = {
		organisation: parseOrganisation(options),
		customer: hasCustomerId
			? { mode: 'id', value: toComparable(customerId) }
			: parseLocator(customerField.displayName, context.getNodeParameter(customerField.name, item)),
		reference: toCode(
			"'Purchase Order Ref'",
			String(additionalValues.purchaseOrderRef ?? fields.purchaseOrderRef ?? ''),
		),
		shouldReturnExisting: parseBoolean(returnExisting, options),
		usesCustomerDefaults: parseBoolean(useCustomerDefaults, options),
		fields,
		additionalValues,
		currency: additionalValues.channel_currency ?? fields.channel_currency,
		rows: readRows(context, item, lineItemRows),
	};
	assertShipDatesInOrder({ ...fields, ...additionalValues });
	if (input.shouldReturnExisting && input.reference === '') throw missingReferenceError(item);
	return input;
}

/** The input of one item, or why it cannot be read. */
export type OrderInputResult = { input: OrderInput } | { error: unknown };

/** Reads all input items, before the first order is created. An item that cannot be read fails when it is its turn. */
export const readOrderInputs = (context: IExecuteFunctions): OrderInputResult[] =>
	[...context.getInputData().keys()].map((item) => {
		try {
			return { input: readOrderInput(context, item) };
		} catch (error) {
			return { error };
		}
	});

/** @throws UserError for a value that is not in the menu, because Uphance's reaction to it is unknown */
function parseStatus(value: unknown): string {
	const status = parseText(orderStatus.displayName, value);
	if (status === 'draft' || status === 'confirmed') return status;
	throw new UserError(`'Order Status' must be draft or confirmed, not '${status}'`, {
		description: 'Choose one of the two, or correct the expression.',
	});
}

/** Uphance would take the second date for the day on which the order is cancelled. */
function assertShipDatesInOrder({ startShipDate, endShipDate }: IDataObject): void {
	const [start = '', end = ''] = [startShipDate, endShipDate].map((date) => /^\d{4}-\d\d-\d\d/.exec(String(date))?.[0]);
	if (end === '' || start <= end) return;
	throw new UserError(`'Start Ship Date' is after 'End Ship Date': ${start} and ${end}`, {
		description: 'Correct one of the two dates, or leave one empty. Nothing was sent for this item.',
	});
}

const missingReferenceError = (item: number): UserError =>
	new UserError("'Return Existing Order' needs a 'Purchase Order Ref'", {
		description: `It is empty in input item ${item + 1}. Nothing was sent for this item.`,
	});
