import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { RecordType } from '../transport/recordType';
import { includeFields, parseIncludeFields, addFields } from './includeFields';
import type { RowModes, Row } from './itemPer';
import { parseRowMode, showForWholeRecord, itemPerField } from './itemPer';
import { simplifyField } from '../parameters/simplifyField';
import { getBooleanParameter } from '../parameters/switchedOn';

/** What the records of a resource can be made into. */
export interface OutputConfig {
	/** Ten flat fields worth showing; left out for records that have no more than ten (design 2). */
	simplify?: (record: IDataObject) => IDataObject;
	/** For records with lines, or colors, and sizes. */
	itemPer?: RowModes;
}

interface OutputParameters {
	fields: INodeProperties[];
	options: INodeProperties[];
	/** Undefined for records as they are. @throws UserError for an expression that yields no choice */
	createMapper: (context: IExecuteFunctions, item: number) => ((record: IDataObject) => IDataObject[]) | undefined;
}

/** How the user chooses what comes out of one record, and what that is. @param fieldOverrides what the editor says about rows */
export function outputParameters(
	recordType: RecordType,
	{ simplify, itemPer }: OutputConfig,
	isSimplified: boolean,
	fieldOverrides?: Pick<INodeProperties, 'description'>,
): OutputParameters {
	const rowsField = itemPer && itemPerField(recordType, itemPer, fieldOverrides);
	const simplifySwitch: INodeProperties = { ...simplifyField, default: isSimplified };
	return {
		fields: [
			...(rowsField ? [rowsField] : []),
			...(simplify ? [rowsField ? showForWholeRecord(simplifySwitch) : simplifySwitch] : []),
		],
		options: simplify || itemPer ? [includeFields] : [],
		createMapper(context, item) {
			const per = rowsField && context.getNodeParameter(rowsField.name, item, rowsField.default);
			const rows =
				(itemPer && parseRowMode(itemPer, per)?.rows) ??
				(simplify && getBooleanParameter(context, simplifySwitch, item) ? simplifiedRow(simplify) : undefined);
			const names = rows ? parseIncludeFields(context.getNodeParameter('options', item, {})) : [];
			return rows && ((record) => rows(record).map((row) => addFields(names, row)));
		},
	};
}

const simplifiedRow =
	(simplify: (record: IDataObject) => IDataObject) =>
	(record: IDataObject): Row[] => [{ json: simplify(record), sources: [record] }];
