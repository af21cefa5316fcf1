// Written by "npm run generate" from packages/protocol/proto/*.proto. Do not edit.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const muster = $root.muster = (() => {

    /**
     * Namespace muster.
     * @exports muster
     * @namespace
     */
    const muster = {};

    muster.link = (function() {

        /**
         * Namespace link.
         * @memberof muster
         * @namespace
         */
        const link = {};

        link.Frame = (function() {

            /**
             * Properties of a Frame.
             * @typedef {Object} muster.link.Frame.$Properties
             * @property {muster.link.Hello.$Properties|null} [hello] Frame hello
             * @property {muster.link.Heartbeat.$Properties|null} [heartbeat] Frame heartbeat
             * @property {muster.link.WorkReceipt.$Properties|null} [workReceipt] Frame workReceipt
             * @property {muster.link.Record.$Properties|null} [record] Frame record
             * @property {muster.link.Output.$Properties|null} [output] Frame output
             * @property {muster.link.Call.$Properties|null} [call] Frame call
             * @property {muster.link.ProbeAnswer.$Properties|null} [probeAnswer] Frame probeAnswer
             * @property {muster.link.GenerationKept.$Properties|null} [generationKept] Frame generationKept
             * @property {muster.link.NewKey.$Properties|null} [newKey] Frame newKey
             * @property {muster.link.Welcome.$Properties|null} [welcome] Frame welcome
             * @property {muster.link.HeartbeatAnswer.$Properties|null} [heartbeatAnswer] Frame heartbeatAnswer
             * @property {muster.link.Work.$Properties|null} [work] Frame work
             * @property {muster.link.Cancel.$Properties|null} [cancel] Frame cancel
             * @property {muster.link.RecordReceipt.$Properties|null} [recordReceipt] Frame recordReceipt
             * @property {muster.link.OutputReceipt.$Properties|null} [outputReceipt] Frame outputReceipt
             * @property {muster.link.Answer.$Properties|null} [answer] Frame answer
             * @property {muster.link.Goodbye.$Properties|null} [goodbye] Frame goodbye
             * @property {muster.link.Probe.$Properties|null} [probe] Frame probe
             * @property {muster.link.RotateKey.$Properties|null} [rotateKey] Frame rotateKey
             * @property {muster.link.KeyKept.$Properties|null} [keyKept] Frame keyKept
             * @property {"hello"|"heartbeat"|"workReceipt"|"record"|"output"|"call"|"probeAnswer"|"generationKept"|"newKey"|"welcome"|"heartbeatAnswer"|"work"|"cancel"|"recordReceipt"|"outputReceipt"|"answer"|"goodbye"|"probe"|"rotateKey"|"keyKept"} [body] Frame body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Frame.
             * @memberof muster.link
             * @interface IFrame
             * @augments muster.link.Frame.$Properties
             * @deprecated Use muster.link.Frame.$Properties instead.
             */

            /**
             * Narrowed shape of a Frame.
             * @typedef {{
             *   hello?: muster.link.Hello.$Shape|null;
             *   heartbeat?: muster.link.Heartbeat.$Shape|null;
             *   workReceipt?: muster.link.WorkReceipt.$Shape|null;
             *   record?: muster.link.Record.$Shape|null;
             *   output?: muster.link.Output.$Shape|null;
             *   call?: muster.link.Call.$Shape|null;
             *   probeAnswer?: muster.link.ProbeAnswer.$Shape|null;
             *   generationKept?: muster.link.GenerationKept.$Shape|null;
             *   newKey?: muster.link.NewKey.$Shape|null;
             *   welcome?: muster.link.Welcome.$Shape|null;
             *   heartbeatAnswer?: muster.link.HeartbeatAnswer.$Shape|null;
             *   work?: muster.link.Work.$Shape|null;
             *   cancel?: muster.link.Cancel.$Shape|null;
             *   recordReceipt?: muster.link.RecordReceipt.$Shape|null;
             *   outputReceipt?: muster.link.OutputReceipt.$Shape|null;
             *   answer?: muster.link.Answer.$Shape|null;
             *   goodbye?: muster.link.Goodbye.$Shape|null;
             *   probe?: muster.link.Probe.$Shape|null;
             *   rotateKey?: muster.link.RotateKey.$Shape|null;
             *   keyKept?: muster.link.KeyKept.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "hello"; hello: muster.link.Hello.$Shape; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "heartbeat"; hello?: null; heartbeat: muster.link.Heartbeat.$Shape; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "workReceipt"; hello?: null; heartbeat?: null; workReceipt: muster.link.WorkReceipt.$Shape; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "record"; hello?: null; heartbeat?: null; workReceipt?: null; record: muster.link.Record.$Shape; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "output"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output: muster.link.Output.$Shape; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "call"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call: muster.link.Call.$Shape; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "probeAnswer"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer: muster.link.ProbeAnswer.$Shape; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "generationKept"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept: muster.link.GenerationKept.$Shape; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "newKey"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey: muster.link.NewKey.$Shape; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "welcome"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome: muster.link.Welcome.$Shape; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "heartbeatAnswer"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer: muster.link.HeartbeatAnswer.$Shape; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "work"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work: muster.link.Work.$Shape; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "cancel"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel: muster.link.Cancel.$Shape; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "recordReceipt"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt: muster.link.RecordReceipt.$Shape; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "outputReceipt"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt: muster.link.OutputReceipt.$Shape; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "answer"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer: muster.link.Answer.$Shape; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "goodbye"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye: muster.link.Goodbye.$Shape; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "probe"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe: muster.link.Probe.$Shape; rotateKey?: null; keyKept?: null }|{ body?: "rotateKey"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey: muster.link.RotateKey.$Shape; keyKept?: null }|{ body?: "keyKept"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept: muster.link.KeyKept.$Shape })
             * )} muster.link.Frame.$Shape
             */

            /**
             * Constructs a new Frame.
             * @memberof muster.link
             * @classdesc Represents a Frame.
             * @constructor
             * @param {muster.link.Frame.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Frame = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Frame hello.
             * @member {muster.link.Hello.$Properties|null|undefined} hello
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.hello = null;

            /**
             * Frame heartbeat.
             * @member {muster.link.Heartbeat.$Properties|null|undefined} heartbeat
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.heartbeat = null;

            /**
             * Frame workReceipt.
             * @member {muster.link.WorkReceipt.$Properties|null|undefined} workReceipt
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.workReceipt = null;

            /**
             * Frame record.
             * @member {muster.link.Record.$Properties|null|undefined} record
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.record = null;

            /**
             * Frame output.
             * @member {muster.link.Output.$Properties|null|undefined} output
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.output = null;

            /**
             * Frame call.
             * @member {muster.link.Call.$Properties|null|undefined} call
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.call = null;

            /**
             * Frame probeAnswer.
             * @member {muster.link.ProbeAnswer.$Properties|null|undefined} probeAnswer
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.probeAnswer = null;

            /**
             * Frame generationKept.
             * @member {muster.link.GenerationKept.$Properties|null|undefined} generationKept
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.generationKept = null;

            /**
             * Frame newKey.
             * @member {muster.link.NewKey.$Properties|null|undefined} newKey
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.newKey = null;

            /**
             * Frame welcome.
             * @member {muster.link.Welcome.$Properties|null|undefined} welcome
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.welcome = null;

            /**
             * Frame heartbeatAnswer.
             * @member {muster.link.HeartbeatAnswer.$Properties|null|undefined} heartbeatAnswer
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.heartbeatAnswer = null;

            /**
             * Frame work.
             * @member {muster.link.Work.$Properties|null|undefined} work
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.work = null;

            /**
             * Frame cancel.
             * @member {muster.link.Cancel.$Properties|null|undefined} cancel
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.cancel = null;

            /**
             * Frame recordReceipt.
             * @member {muster.link.RecordReceipt.$Properties|null|undefined} recordReceipt
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.recordReceipt = null;

            /**
             * Frame outputReceipt.
             * @member {muster.link.OutputReceipt.$Properties|null|undefined} outputReceipt
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.outputReceipt = null;

            /**
             * Frame answer.
             * @member {muster.link.Answer.$Properties|null|undefined} answer
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.answer = null;

            /**
             * Frame goodbye.
             * @member {muster.link.Goodbye.$Properties|null|undefined} goodbye
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.goodbye = null;

            /**
             * Frame probe.
             * @member {muster.link.Probe.$Properties|null|undefined} probe
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.probe = null;

            /**
             * Frame rotateKey.
             * @member {muster.link.RotateKey.$Properties|null|undefined} rotateKey
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.rotateKey = null;

            /**
             * Frame keyKept.
             * @member {muster.link.KeyKept.$Properties|null|undefined} keyKept
             * @memberof muster.link.Frame
             * @instance
             */
            Frame.prototype.keyKept = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Frame body.
             * @member {"hello"|"heartbeat"|"workReceipt"|"record"|"output"|"call"|"probeAnswer"|"generationKept"|"newKey"|"welcome"|"heartbeatAnswer"|"work"|"cancel"|"recordReceipt"|"outputReceipt"|"answer"|"goodbye"|"probe"|"rotateKey"|"keyKept"|undefined} body
             * @memberof muster.link.Frame
             * @instance
             */
            $Object.defineProperty(Frame.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "heartbeat", "workReceipt", "record", "output", "call", "probeAnswer", "generationKept", "newKey", "welcome", "heartbeatAnswer", "work", "cancel", "recordReceipt", "outputReceipt", "answer", "goodbye", "probe", "rotateKey", "keyKept"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Frame message. Does not implicitly {@link muster.link.Frame.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Frame
             * @static
             * @param {muster.link.Frame.$Properties} message Frame message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Frame.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.muster.link.Hello.encode(message.hello, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                    $root.muster.link.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.workReceipt != null && $Object.hasOwnProperty.call(message, "workReceipt"))
                    $root.muster.link.WorkReceipt.encode(message.workReceipt, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
                    $root.muster.link.Record.encode(message.record, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.output != null && $Object.hasOwnProperty.call(message, "output"))
                    $root.muster.link.Output.encode(message.output, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                    $root.muster.link.Call.encode(message.call, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.probeAnswer != null && $Object.hasOwnProperty.call(message, "probeAnswer"))
                    $root.muster.link.ProbeAnswer.encode(message.probeAnswer, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.generationKept != null && $Object.hasOwnProperty.call(message, "generationKept"))
                    $root.muster.link.GenerationKept.encode(message.generationKept, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.newKey != null && $Object.hasOwnProperty.call(message, "newKey"))
                    $root.muster.link.NewKey.encode(message.newKey, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                    $root.muster.link.Welcome.encode(message.welcome, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.heartbeatAnswer != null && $Object.hasOwnProperty.call(message, "heartbeatAnswer"))
                    $root.muster.link.HeartbeatAnswer.encode(message.heartbeatAnswer, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.work != null && $Object.hasOwnProperty.call(message, "work"))
                    $root.muster.link.Work.encode(message.work, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
                    $root.muster.link.Cancel.encode(message.cancel, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.recordReceipt != null && $Object.hasOwnProperty.call(message, "recordReceipt"))
                    $root.muster.link.RecordReceipt.encode(message.recordReceipt, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.outputReceipt != null && $Object.hasOwnProperty.call(message, "outputReceipt"))
                    $root.muster.link.OutputReceipt.encode(message.outputReceipt, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.answer != null && $Object.hasOwnProperty.call(message, "answer"))
                    $root.muster.link.Answer.encode(message.answer, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.goodbye != null && $Object.hasOwnProperty.call(message, "goodbye"))
                    $root.muster.link.Goodbye.encode(message.goodbye, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.probe != null && $Object.hasOwnProperty.call(message, "probe"))
                    $root.muster.link.Probe.encode(message.probe, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                if (message.rotateKey != null && $Object.hasOwnProperty.call(message, "rotateKey"))
                    $root.muster.link.RotateKey.encode(message.rotateKey, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
                if (message.keyKept != null && $Object.hasOwnProperty.call(message, "keyKept"))
                    $root.muster.link.KeyKept.encode(message.keyKept, writer.uint32(/* id 26, wireType 2 =*/210).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Frame message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Frame
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Frame & muster.link.Frame.$Shape} Frame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Frame.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Frame();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.muster.link.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.body = "hello";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.heartbeat = $root.muster.link.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                            message.body = "heartbeat";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.workReceipt = $root.muster.link.WorkReceipt.decode(reader, reader.size(), $undefined, _depth + 1, message.workReceipt);
                            message.body = "workReceipt";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.record = $root.muster.link.Record.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
                            message.body = "record";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.output = $root.muster.link.Output.decode(reader, reader.size(), $undefined, _depth + 1, message.output);
                            message.body = "output";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.call = $root.muster.link.Call.decode(reader, reader.size(), $undefined, _depth + 1, message.call);
                            message.body = "call";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.probeAnswer = $root.muster.link.ProbeAnswer.decode(reader, reader.size(), $undefined, _depth + 1, message.probeAnswer);
                            message.body = "probeAnswer";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.generationKept = $root.muster.link.GenerationKept.decode(reader, reader.size(), $undefined, _depth + 1, message.generationKept);
                            message.body = "generationKept";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.newKey = $root.muster.link.NewKey.decode(reader, reader.size(), $undefined, _depth + 1, message.newKey);
                            message.body = "newKey";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.welcome = $root.muster.link.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                            message.body = "welcome";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.heartbeatAnswer = $root.muster.link.HeartbeatAnswer.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeatAnswer);
                            message.body = "heartbeatAnswer";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.work = $root.muster.link.Work.decode(reader, reader.size(), $undefined, _depth + 1, message.work);
                            message.body = "work";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.cancel = $root.muster.link.Cancel.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
                            message.body = "cancel";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.recordReceipt = $root.muster.link.RecordReceipt.decode(reader, reader.size(), $undefined, _depth + 1, message.recordReceipt);
                            message.body = "recordReceipt";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.outputReceipt = $root.muster.link.OutputReceipt.decode(reader, reader.size(), $undefined, _depth + 1, message.outputReceipt);
                            message.body = "outputReceipt";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.answer = $root.muster.link.Answer.decode(reader, reader.size(), $undefined, _depth + 1, message.answer);
                            message.body = "answer";
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.goodbye = $root.muster.link.Goodbye.decode(reader, reader.size(), $undefined, _depth + 1, message.goodbye);
                            message.body = "goodbye";
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            message.probe = $root.muster.link.Probe.decode(reader, reader.size(), $undefined, _depth + 1, message.probe);
                            message.body = "probe";
                            continue;
                        }
                    case 25: {
                            if (wireType !== 2)
                                break;
                            message.rotateKey = $root.muster.link.RotateKey.decode(reader, reader.size(), $undefined, _depth + 1, message.rotateKey);
                            message.body = "rotateKey";
                            continue;
                        }
                    case 26: {
                            if (wireType !== 2)
                                break;
                            message.keyKept = $root.muster.link.KeyKept.decode(reader, reader.size(), $undefined, _depth + 1, message.keyKept);
                            message.body = "keyKept";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Frame;
        })();

        link.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} muster.link.Hello.$Properties
             * @property {number|null} [linkVersion] Hello linkVersion
             * @property {string|null} [agentVersion] Hello agentVersion
             * @property {Array.<string>|null} [actions] Hello actions
             * @property {muster.link.HostFacts.$Properties|null} [host] Hello host
             * @property {string|null} [bootId] Hello bootId
             * @property {string|null} [journalId] Hello journalId
             * @property {number|null} [lastRecord] Hello lastRecord
             * @property {Array.<string>|null} [holding] Hello holding
             * @property {string|null} [policyMode] Hello policyMode
             * @property {string|null} [processId] Hello processId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof muster.link
             * @interface IHello
             * @augments muster.link.Hello.$Properties
             * @deprecated Use muster.link.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {muster.link.Hello.$Properties} muster.link.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof muster.link
             * @classdesc Represents a Hello.
             * @constructor
             * @param {muster.link.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.actions = [];
                this.holding = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello linkVersion.
             * @member {number} linkVersion
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.linkVersion = 0;

            /**
             * Hello agentVersion.
             * @member {string} agentVersion
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.agentVersion = "";

            /**
             * Hello actions.
             * @member {Array.<string>} actions
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.actions = $util.emptyArray;

            /**
             * Hello host.
             * @member {muster.link.HostFacts.$Properties|null|undefined} host
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.host = null;

            /**
             * Hello bootId.
             * @member {string} bootId
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.bootId = "";

            /**
             * Hello journalId.
             * @member {string} journalId
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.journalId = "";

            /**
             * Hello lastRecord.
             * @member {number} lastRecord
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.lastRecord = 0;

            /**
             * Hello holding.
             * @member {Array.<string>} holding
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.holding = $util.emptyArray;

            /**
             * Hello policyMode.
             * @member {string} policyMode
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.policyMode = "";

            /**
             * Hello processId.
             * @member {string} processId
             * @memberof muster.link.Hello
             * @instance
             */
            Hello.prototype.processId = "";

            /**
             * Encodes the specified Hello message. Does not implicitly {@link muster.link.Hello.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Hello
             * @static
             * @param {muster.link.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.linkVersion != null && $Object.hasOwnProperty.call(message, "linkVersion") && message.linkVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.linkVersion);
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.agentVersion);
                if (message.actions != null && message.actions.length)
                    for (let i = 0; i < message.actions.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.actions[i]);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host"))
                    $root.muster.link.HostFacts.encode(message.host, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.bootId);
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId") && message.journalId !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.journalId);
                if (message.lastRecord != null && $Object.hasOwnProperty.call(message, "lastRecord") && !$Object.is(message.lastRecord, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.lastRecord);
                if (message.holding != null && message.holding.length)
                    for (let i = 0; i < message.holding.length; ++i)
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.holding[i]);
                if (message.policyMode != null && $Object.hasOwnProperty.call(message, "policyMode") && message.policyMode !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.policyMode);
                if (message.processId != null && $Object.hasOwnProperty.call(message, "processId") && message.processId !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.processId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Hello & muster.link.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.linkVersion = value;
                            else
                                delete message.linkVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.actions && message.actions.length))
                                message.actions = [];
                            message.actions.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.host = $root.muster.link.HostFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.host);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.journalId = value;
                            else
                                delete message.journalId;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.lastRecord = value;
                            else
                                delete message.lastRecord;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.holding && message.holding.length))
                                message.holding = [];
                            message.holding.push(reader.stringVerify());
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policyMode = value;
                            else
                                delete message.policyMode;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.processId = value;
                            else
                                delete message.processId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Hello;
        })();

        link.HostFacts = (function() {

            /**
             * Properties of a HostFacts.
             * @typedef {Object} muster.link.HostFacts.$Properties
             * @property {string|null} [computerName] HostFacts computerName
             * @property {string|null} [ipAddress] HostFacts ipAddress
             * @property {string|null} [platformType] HostFacts platformType
             * @property {string|null} [platformName] HostFacts platformName
             * @property {string|null} [platformVersion] HostFacts platformVersion
             * @property {string|null} [architecture] HostFacts architecture
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HostFacts.
             * @memberof muster.link
             * @interface IHostFacts
             * @augments muster.link.HostFacts.$Properties
             * @deprecated Use muster.link.HostFacts.$Properties instead.
             */

            /**
             * Shape of a HostFacts.
             * @typedef {muster.link.HostFacts.$Properties} muster.link.HostFacts.$Shape
             */

            /**
             * Constructs a new HostFacts.
             * @memberof muster.link
             * @classdesc Represents a HostFacts.
             * @constructor
             * @param {muster.link.HostFacts.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HostFacts = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HostFacts computerName.
             * @member {string} computerName
             * @memberof muster.link.HostFacts
             * @instance
             */
            HostFacts.prototype.computerName = "";

            /**
             * HostFacts ipAddress.
             * @member {string} ipAddress
             * @memberof muster.link.HostFacts
             * @instance
             */
            HostFacts.prototype.ipAddress = "";

            /**
             * HostFacts platformType.
             * @member {string} platformType
             * @memberof muster.link.HostFacts
             * @instance
             */
            HostFacts.prototype.platformType = "";

            /**
             * HostFacts platformName.
             * @member {string} platformName
             * @memberof muster.link.HostFacts
             * @instance
             */
            HostFacts.prototype.platformName = "";

            /**
             * HostFacts platformVersion.
             * @member {string} platformVersion
             * @memberof muster.link.HostFacts
             * @instance
             */
            HostFacts.prototype.platformVersion = "";

            /**
             * HostFacts architecture.
             * @member {string} architecture
             * @memberof muster.link.HostFacts
             * @instance
             */
            HostFacts.prototype.architecture = "";

            /**
             * Encodes the specified HostFacts message. Does not implicitly {@link muster.link.HostFacts.verify|verify} messages.
             * @function encode
             * @memberof muster.link.HostFacts
             * @static
             * @param {muster.link.HostFacts.$Properties} message HostFacts message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HostFacts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.computerName != null && $Object.hasOwnProperty.call(message, "computerName") && message.computerName !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.computerName);
                if (message.ipAddress != null && $Object.hasOwnProperty.call(message, "ipAddress") && message.ipAddress !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.ipAddress);
                if (message.platformType != null && $Object.hasOwnProperty.call(message, "platformType") && message.platformType !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.platformType);
                if (message.platformName != null && $Object.hasOwnProperty.call(message, "platformName") && message.platformName !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.platformName);
                if (message.platformVersion != null && $Object.hasOwnProperty.call(message, "platformVersion") && message.platformVersion !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.platformVersion);
                if (message.architecture != null && $Object.hasOwnProperty.call(message, "architecture") && message.architecture !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.architecture);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HostFacts message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.HostFacts
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.HostFacts & muster.link.HostFacts.$Shape} HostFacts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HostFacts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.HostFacts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.computerName = value;
                            else
                                delete message.computerName;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.ipAddress = value;
                            else
                                delete message.ipAddress;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.platformType = value;
                            else
                                delete message.platformType;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.platformName = value;
                            else
                                delete message.platformName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.platformVersion = value;
                            else
                                delete message.platformVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.architecture = value;
                            else
                                delete message.architecture;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HostFacts;
        })();

        link.Welcome = (function() {

            /**
             * Properties of a Welcome.
             * @typedef {Object} muster.link.Welcome.$Properties
             * @property {number|null} [linkVersion] Welcome linkVersion
             * @property {number|null} [controllerTime] Welcome controllerTime
             * @property {number|null} [heartbeatMs] Welcome heartbeatMs
             * @property {number|null} [epoch] Welcome epoch
             * @property {number|null} [receivedRecord] Welcome receivedRecord
             * @property {string|null} [accountId] Welcome accountId
             * @property {string|null} [region] Welcome region
             * @property {string|null} [controllerId] Welcome controllerId
             * @property {number|null} [generation] Welcome generation
             * @property {boolean|null} [quarantined] Welcome quarantined
             * @property {boolean|null} [dropUnstarted] Welcome dropUnstarted
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Welcome.
             * @memberof muster.link
             * @interface IWelcome
             * @augments muster.link.Welcome.$Properties
             * @deprecated Use muster.link.Welcome.$Properties instead.
             */

            /**
             * Shape of a Welcome.
             * @typedef {muster.link.Welcome.$Properties} muster.link.Welcome.$Shape
             */

            /**
             * Constructs a new Welcome.
             * @memberof muster.link
             * @classdesc Represents a Welcome.
             * @constructor
             * @param {muster.link.Welcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Welcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Welcome linkVersion.
             * @member {number} linkVersion
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.linkVersion = 0;

            /**
             * Welcome controllerTime.
             * @member {number} controllerTime
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.controllerTime = 0;

            /**
             * Welcome heartbeatMs.
             * @member {number} heartbeatMs
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.heartbeatMs = 0;

            /**
             * Welcome epoch.
             * @member {number} epoch
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.epoch = 0;

            /**
             * Welcome receivedRecord.
             * @member {number} receivedRecord
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.receivedRecord = 0;

            /**
             * Welcome accountId.
             * @member {string} accountId
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.accountId = "";

            /**
             * Welcome region.
             * @member {string} region
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.region = "";

            /**
             * Welcome controllerId.
             * @member {string} controllerId
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.controllerId = "";

            /**
             * Welcome generation.
             * @member {number} generation
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.generation = 0;

            /**
             * Welcome quarantined.
             * @member {boolean} quarantined
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.quarantined = false;

            /**
             * Welcome dropUnstarted.
             * @member {boolean} dropUnstarted
             * @memberof muster.link.Welcome
             * @instance
             */
            Welcome.prototype.dropUnstarted = false;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link muster.link.Welcome.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Welcome
             * @static
             * @param {muster.link.Welcome.$Properties} message Welcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Welcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.linkVersion != null && $Object.hasOwnProperty.call(message, "linkVersion") && message.linkVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.linkVersion);
                if (message.controllerTime != null && $Object.hasOwnProperty.call(message, "controllerTime") && !$Object.is(message.controllerTime, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.controllerTime);
                if (message.heartbeatMs != null && $Object.hasOwnProperty.call(message, "heartbeatMs") && message.heartbeatMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.heartbeatMs);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && !$Object.is(message.epoch, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.epoch);
                if (message.receivedRecord != null && $Object.hasOwnProperty.call(message, "receivedRecord") && !$Object.is(message.receivedRecord, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.receivedRecord);
                if (message.accountId != null && $Object.hasOwnProperty.call(message, "accountId") && message.accountId !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.accountId);
                if (message.region != null && $Object.hasOwnProperty.call(message, "region") && message.region !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.region);
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.controllerId);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && !$Object.is(message.generation, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.generation);
                if (message.quarantined != null && $Object.hasOwnProperty.call(message, "quarantined") && message.quarantined !== false)
                    writer.uint32(/* id 10, wireType 0 =*/80).bool(message.quarantined);
                if (message.dropUnstarted != null && $Object.hasOwnProperty.call(message, "dropUnstarted") && message.dropUnstarted !== false)
                    writer.uint32(/* id 11, wireType 0 =*/88).bool(message.dropUnstarted);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Welcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Welcome & muster.link.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Welcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Welcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.linkVersion = value;
                            else
                                delete message.linkVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.controllerTime = value;
                            else
                                delete message.controllerTime;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.heartbeatMs = value;
                            else
                                delete message.heartbeatMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.receivedRecord = value;
                            else
                                delete message.receivedRecord;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.accountId = value;
                            else
                                delete message.accountId;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.region = value;
                            else
                                delete message.region;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.quarantined = value;
                            else
                                delete message.quarantined;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.dropUnstarted = value;
                            else
                                delete message.dropUnstarted;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Welcome;
        })();

        link.Heartbeat = (function() {

            /**
             * Properties of a Heartbeat.
             * @typedef {Object} muster.link.Heartbeat.$Properties
             * @property {number|null} [sequence] Heartbeat sequence
             * @property {number|null} [running] Heartbeat running
             * @property {boolean|null} [degraded] Heartbeat degraded
             * @property {string|null} [degradedReason] Heartbeat degradedReason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Heartbeat.
             * @memberof muster.link
             * @interface IHeartbeat
             * @augments muster.link.Heartbeat.$Properties
             * @deprecated Use muster.link.Heartbeat.$Properties instead.
             */

            /**
             * Shape of a Heartbeat.
             * @typedef {muster.link.Heartbeat.$Properties} muster.link.Heartbeat.$Shape
             */

            /**
             * Constructs a new Heartbeat.
             * @memberof muster.link
             * @classdesc Represents a Heartbeat.
             * @constructor
             * @param {muster.link.Heartbeat.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Heartbeat = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Heartbeat sequence.
             * @member {number} sequence
             * @memberof muster.link.Heartbeat
             * @instance
             */
            Heartbeat.prototype.sequence = 0;

            /**
             * Heartbeat running.
             * @member {number} running
             * @memberof muster.link.Heartbeat
             * @instance
             */
            Heartbeat.prototype.running = 0;

            /**
             * Heartbeat degraded.
             * @member {boolean} degraded
             * @memberof muster.link.Heartbeat
             * @instance
             */
            Heartbeat.prototype.degraded = false;

            /**
             * Heartbeat degradedReason.
             * @member {string} degradedReason
             * @memberof muster.link.Heartbeat
             * @instance
             */
            Heartbeat.prototype.degradedReason = "";

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link muster.link.Heartbeat.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Heartbeat
             * @static
             * @param {muster.link.Heartbeat.$Properties} message Heartbeat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Heartbeat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && !$Object.is(message.sequence, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sequence);
                if (message.running != null && $Object.hasOwnProperty.call(message, "running") && message.running !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.running);
                if (message.degraded != null && $Object.hasOwnProperty.call(message, "degraded") && message.degraded !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.degraded);
                if (message.degradedReason != null && $Object.hasOwnProperty.call(message, "degradedReason") && message.degradedReason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.degradedReason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Heartbeat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Heartbeat & muster.link.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Heartbeat.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Heartbeat();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.running = value;
                            else
                                delete message.running;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.degraded = value;
                            else
                                delete message.degraded;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.degradedReason = value;
                            else
                                delete message.degradedReason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Heartbeat;
        })();

        link.HeartbeatAnswer = (function() {

            /**
             * Properties of a HeartbeatAnswer.
             * @typedef {Object} muster.link.HeartbeatAnswer.$Properties
             * @property {number|null} [sequence] HeartbeatAnswer sequence
             * @property {number|null} [controllerTime] HeartbeatAnswer controllerTime
             * @property {number|null} [heartbeatMs] HeartbeatAnswer heartbeatMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HeartbeatAnswer.
             * @memberof muster.link
             * @interface IHeartbeatAnswer
             * @augments muster.link.HeartbeatAnswer.$Properties
             * @deprecated Use muster.link.HeartbeatAnswer.$Properties instead.
             */

            /**
             * Shape of a HeartbeatAnswer.
             * @typedef {muster.link.HeartbeatAnswer.$Properties} muster.link.HeartbeatAnswer.$Shape
             */

            /**
             * Constructs a new HeartbeatAnswer.
             * @memberof muster.link
             * @classdesc Represents a HeartbeatAnswer.
             * @constructor
             * @param {muster.link.HeartbeatAnswer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HeartbeatAnswer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HeartbeatAnswer sequence.
             * @member {number} sequence
             * @memberof muster.link.HeartbeatAnswer
             * @instance
             */
            HeartbeatAnswer.prototype.sequence = 0;

            /**
             * HeartbeatAnswer controllerTime.
             * @member {number} controllerTime
             * @memberof muster.link.HeartbeatAnswer
             * @instance
             */
            HeartbeatAnswer.prototype.controllerTime = 0;

            /**
             * HeartbeatAnswer heartbeatMs.
             * @member {number} heartbeatMs
             * @memberof muster.link.HeartbeatAnswer
             * @instance
             */
            HeartbeatAnswer.prototype.heartbeatMs = 0;

            /**
             * Encodes the specified HeartbeatAnswer message. Does not implicitly {@link muster.link.HeartbeatAnswer.verify|verify} messages.
             * @function encode
             * @memberof muster.link.HeartbeatAnswer
             * @static
             * @param {muster.link.HeartbeatAnswer.$Properties} message HeartbeatAnswer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HeartbeatAnswer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && !$Object.is(message.sequence, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sequence);
                if (message.controllerTime != null && $Object.hasOwnProperty.call(message, "controllerTime") && !$Object.is(message.controllerTime, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.controllerTime);
                if (message.heartbeatMs != null && $Object.hasOwnProperty.call(message, "heartbeatMs") && message.heartbeatMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.heartbeatMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HeartbeatAnswer message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.HeartbeatAnswer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.HeartbeatAnswer & muster.link.HeartbeatAnswer.$Shape} HeartbeatAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HeartbeatAnswer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.HeartbeatAnswer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.controllerTime = value;
                            else
                                delete message.controllerTime;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.heartbeatMs = value;
                            else
                                delete message.heartbeatMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HeartbeatAnswer;
        })();

        link.Work = (function() {

            /**
             * Properties of a Work.
             * @typedef {Object} muster.link.Work.$Properties
             * @property {string|null} [invocationId] Work invocationId
             * @property {string|null} [commandId] Work commandId
             * @property {Uint8Array|null} [envelope] Work envelope
             * @property {number|null} [deliverBy] Work deliverBy
             * @property {number|null} [expiresAt] Work expiresAt
             * @property {Array.<muster.link.Signature.$Properties>|null} [signatures] Work signatures
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Work.
             * @memberof muster.link
             * @interface IWork
             * @augments muster.link.Work.$Properties
             * @deprecated Use muster.link.Work.$Properties instead.
             */

            /**
             * Shape of a Work.
             * @typedef {muster.link.Work.$Properties} muster.link.Work.$Shape
             */

            /**
             * Constructs a new Work.
             * @memberof muster.link
             * @classdesc Represents a Work.
             * @constructor
             * @param {muster.link.Work.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Work = function (properties) {
                this.signatures = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Work invocationId.
             * @member {string} invocationId
             * @memberof muster.link.Work
             * @instance
             */
            Work.prototype.invocationId = "";

            /**
             * Work commandId.
             * @member {string} commandId
             * @memberof muster.link.Work
             * @instance
             */
            Work.prototype.commandId = "";

            /**
             * Work envelope.
             * @member {Uint8Array} envelope
             * @memberof muster.link.Work
             * @instance
             */
            Work.prototype.envelope = $util.newBuffer([]);

            /**
             * Work deliverBy.
             * @member {number} deliverBy
             * @memberof muster.link.Work
             * @instance
             */
            Work.prototype.deliverBy = 0;

            /**
             * Work expiresAt.
             * @member {number} expiresAt
             * @memberof muster.link.Work
             * @instance
             */
            Work.prototype.expiresAt = 0;

            /**
             * Work signatures.
             * @member {Array.<muster.link.Signature.$Properties>} signatures
             * @memberof muster.link.Work
             * @instance
             */
            Work.prototype.signatures = $util.emptyArray;

            /**
             * Encodes the specified Work message. Does not implicitly {@link muster.link.Work.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Work
             * @static
             * @param {muster.link.Work.$Properties} message Work message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Work.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.invocationId != null && $Object.hasOwnProperty.call(message, "invocationId") && message.invocationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.invocationId);
                if (message.commandId != null && $Object.hasOwnProperty.call(message, "commandId") && message.commandId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.commandId);
                if (message.envelope != null && $Object.hasOwnProperty.call(message, "envelope") && message.envelope.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.envelope);
                if (message.deliverBy != null && $Object.hasOwnProperty.call(message, "deliverBy") && !$Object.is(message.deliverBy, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.deliverBy);
                if (message.expiresAt != null && $Object.hasOwnProperty.call(message, "expiresAt") && !$Object.is(message.expiresAt, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.expiresAt);
                if (message.signatures != null && message.signatures.length)
                    for (let i = 0; i < message.signatures.length; ++i)
                        $root.muster.link.Signature.encode(message.signatures[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Work message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Work
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Work & muster.link.Work.$Shape} Work
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Work.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Work();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.invocationId = value;
                            else
                                delete message.invocationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.commandId = value;
                            else
                                delete message.commandId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.envelope = value;
                            else
                                delete message.envelope;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.deliverBy = value;
                            else
                                delete message.deliverBy;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.expiresAt = value;
                            else
                                delete message.expiresAt;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signatures && message.signatures.length))
                                message.signatures = [];
                            message.signatures.push($root.muster.link.Signature.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Work;
        })();

        link.Signature = (function() {

            /**
             * Properties of a Signature.
             * @typedef {Object} muster.link.Signature.$Properties
             * @property {string|null} [keyId] Signature keyId
             * @property {Uint8Array|null} [value] Signature value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Signature.
             * @memberof muster.link
             * @interface ISignature
             * @augments muster.link.Signature.$Properties
             * @deprecated Use muster.link.Signature.$Properties instead.
             */

            /**
             * Shape of a Signature.
             * @typedef {muster.link.Signature.$Properties} muster.link.Signature.$Shape
             */

            /**
             * Constructs a new Signature.
             * @memberof muster.link
             * @classdesc Represents a Signature.
             * @constructor
             * @param {muster.link.Signature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Signature = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Signature keyId.
             * @member {string} keyId
             * @memberof muster.link.Signature
             * @instance
             */
            Signature.prototype.keyId = "";

            /**
             * Signature value.
             * @member {Uint8Array} value
             * @memberof muster.link.Signature
             * @instance
             */
            Signature.prototype.value = $util.newBuffer([]);

            /**
             * Encodes the specified Signature message. Does not implicitly {@link muster.link.Signature.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Signature
             * @static
             * @param {muster.link.Signature.$Properties} message Signature message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Signature.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.keyId);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Signature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Signature & muster.link.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Signature.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Signature();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.keyId = value;
                            else
                                delete message.keyId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Signature;
        })();

        link.WorkReceipt = (function() {

            /**
             * Properties of a WorkReceipt.
             * @typedef {Object} muster.link.WorkReceipt.$Properties
             * @property {string|null} [invocationId] WorkReceipt invocationId
             * @property {boolean|null} [known] WorkReceipt known
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WorkReceipt.
             * @memberof muster.link
             * @interface IWorkReceipt
             * @augments muster.link.WorkReceipt.$Properties
             * @deprecated Use muster.link.WorkReceipt.$Properties instead.
             */

            /**
             * Shape of a WorkReceipt.
             * @typedef {muster.link.WorkReceipt.$Properties} muster.link.WorkReceipt.$Shape
             */

            /**
             * Constructs a new WorkReceipt.
             * @memberof muster.link
             * @classdesc Represents a WorkReceipt.
             * @constructor
             * @param {muster.link.WorkReceipt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WorkReceipt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * WorkReceipt invocationId.
             * @member {string} invocationId
             * @memberof muster.link.WorkReceipt
             * @instance
             */
            WorkReceipt.prototype.invocationId = "";

            /**
             * WorkReceipt known.
             * @member {boolean} known
             * @memberof muster.link.WorkReceipt
             * @instance
             */
            WorkReceipt.prototype.known = false;

            /**
             * Encodes the specified WorkReceipt message. Does not implicitly {@link muster.link.WorkReceipt.verify|verify} messages.
             * @function encode
             * @memberof muster.link.WorkReceipt
             * @static
             * @param {muster.link.WorkReceipt.$Properties} message WorkReceipt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WorkReceipt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.invocationId != null && $Object.hasOwnProperty.call(message, "invocationId") && message.invocationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.invocationId);
                if (message.known != null && $Object.hasOwnProperty.call(message, "known") && message.known !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.known);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a WorkReceipt message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.WorkReceipt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.WorkReceipt & muster.link.WorkReceipt.$Shape} WorkReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WorkReceipt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.WorkReceipt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.invocationId = value;
                            else
                                delete message.invocationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.known = value;
                            else
                                delete message.known;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return WorkReceipt;
        })();

        link.Cancel = (function() {

            /**
             * Properties of a Cancel.
             * @typedef {Object} muster.link.Cancel.$Properties
             * @property {string|null} [invocationId] Cancel invocationId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Cancel.
             * @memberof muster.link
             * @interface ICancel
             * @augments muster.link.Cancel.$Properties
             * @deprecated Use muster.link.Cancel.$Properties instead.
             */

            /**
             * Shape of a Cancel.
             * @typedef {muster.link.Cancel.$Properties} muster.link.Cancel.$Shape
             */

            /**
             * Constructs a new Cancel.
             * @memberof muster.link
             * @classdesc Represents a Cancel.
             * @constructor
             * @param {muster.link.Cancel.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Cancel = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Cancel invocationId.
             * @member {string} invocationId
             * @memberof muster.link.Cancel
             * @instance
             */
            Cancel.prototype.invocationId = "";

            /**
             * Encodes the specified Cancel message. Does not implicitly {@link muster.link.Cancel.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Cancel
             * @static
             * @param {muster.link.Cancel.$Properties} message Cancel message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Cancel.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.invocationId != null && $Object.hasOwnProperty.call(message, "invocationId") && message.invocationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.invocationId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Cancel message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Cancel
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Cancel & muster.link.Cancel.$Shape} Cancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Cancel.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Cancel();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.invocationId = value;
                            else
                                delete message.invocationId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Cancel;
        })();

        link.Record = (function() {

            /**
             * Properties of a Record.
             * @typedef {Object} muster.link.Record.$Properties
             * @property {string|null} [journalId] Record journalId
             * @property {number|null} [number] Record number
             * @property {string|null} [invocationId] Record invocationId
             * @property {muster.link.Started.$Properties|null} [started] Record started
             * @property {muster.link.Result.$Properties|null} [result] Record result
             * @property {"started"|"result"} [fact] Record fact
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Record.
             * @memberof muster.link
             * @interface IRecord
             * @augments muster.link.Record.$Properties
             * @deprecated Use muster.link.Record.$Properties instead.
             */

            /**
             * Narrowed shape of a Record.
             * @typedef {{
             *   journalId?: string|null;
             *   number?: number|null;
             *   invocationId?: string|null;
             *   started?: muster.link.Started.$Shape|null;
             *   result?: muster.link.Result.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ fact?: undefined; started?: null; result?: null }|{ fact?: "started"; started: muster.link.Started.$Shape; result?: null }|{ fact?: "result"; started?: null; result: muster.link.Result.$Shape })
             * )} muster.link.Record.$Shape
             */

            /**
             * Constructs a new Record.
             * @memberof muster.link
             * @classdesc Represents a Record.
             * @constructor
             * @param {muster.link.Record.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Record = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Record journalId.
             * @member {string} journalId
             * @memberof muster.link.Record
             * @instance
             */
            Record.prototype.journalId = "";

            /**
             * Record number.
             * @member {number} number
             * @memberof muster.link.Record
             * @instance
             */
            Record.prototype.number = 0;

            /**
             * Record invocationId.
             * @member {string} invocationId
             * @memberof muster.link.Record
             * @instance
             */
            Record.prototype.invocationId = "";

            /**
             * Record started.
             * @member {muster.link.Started.$Properties|null|undefined} started
             * @memberof muster.link.Record
             * @instance
             */
            Record.prototype.started = null;

            /**
             * Record result.
             * @member {muster.link.Result.$Properties|null|undefined} result
             * @memberof muster.link.Record
             * @instance
             */
            Record.prototype.result = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Record fact.
             * @member {"started"|"result"|undefined} fact
             * @memberof muster.link.Record
             * @instance
             */
            $Object.defineProperty(Record.prototype, "fact", {
                get: $util.oneOfGetter($oneOfFields = ["started", "result"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Record message. Does not implicitly {@link muster.link.Record.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Record
             * @static
             * @param {muster.link.Record.$Properties} message Record message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Record.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId") && message.journalId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.journalId);
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && !$Object.is(message.number, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.number);
                if (message.invocationId != null && $Object.hasOwnProperty.call(message, "invocationId") && message.invocationId !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.invocationId);
                if (message.started != null && $Object.hasOwnProperty.call(message, "started"))
                    $root.muster.link.Started.encode(message.started, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    $root.muster.link.Result.encode(message.result, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Record message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Record
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Record & muster.link.Record.$Shape} Record
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Record.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Record();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.journalId = value;
                            else
                                delete message.journalId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.invocationId = value;
                            else
                                delete message.invocationId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.started = $root.muster.link.Started.decode(reader, reader.size(), $undefined, _depth + 1, message.started);
                            message.fact = "started";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.result = $root.muster.link.Result.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
                            message.fact = "result";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Record;
        })();

        link.Started = (function() {

            /**
             * Properties of a Started.
             * @typedef {Object} muster.link.Started.$Properties
             * @property {number|null} [step] Started step
             * @property {number|null} [attempt] Started attempt
             * @property {number|null} [at] Started at
             * @property {string|null} [bootId] Started bootId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Started.
             * @memberof muster.link
             * @interface IStarted
             * @augments muster.link.Started.$Properties
             * @deprecated Use muster.link.Started.$Properties instead.
             */

            /**
             * Shape of a Started.
             * @typedef {muster.link.Started.$Properties} muster.link.Started.$Shape
             */

            /**
             * Constructs a new Started.
             * @memberof muster.link
             * @classdesc Represents a Started.
             * @constructor
             * @param {muster.link.Started.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Started = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Started step.
             * @member {number} step
             * @memberof muster.link.Started
             * @instance
             */
            Started.prototype.step = 0;

            /**
             * Started attempt.
             * @member {number} attempt
             * @memberof muster.link.Started
             * @instance
             */
            Started.prototype.attempt = 0;

            /**
             * Started at.
             * @member {number} at
             * @memberof muster.link.Started
             * @instance
             */
            Started.prototype.at = 0;

            /**
             * Started bootId.
             * @member {string} bootId
             * @memberof muster.link.Started
             * @instance
             */
            Started.prototype.bootId = "";

            /**
             * Encodes the specified Started message. Does not implicitly {@link muster.link.Started.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Started
             * @static
             * @param {muster.link.Started.$Properties} message Started message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Started.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.step);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.at != null && $Object.hasOwnProperty.call(message, "at") && !$Object.is(message.at, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.at);
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.bootId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Started message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Started
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Started & muster.link.Started.$Shape} Started
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Started.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Started();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.at = value;
                            else
                                delete message.at;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Started;
        })();

        link.Result = (function() {

            /**
             * Properties of a Result.
             * @typedef {Object} muster.link.Result.$Properties
             * @property {Uint8Array|null} [runRecord] Result runRecord
             * @property {Uint8Array|null} [signature] Result signature
             * @property {Array.<muster.link.StepHeads.$Properties>|null} [heads] Result heads
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Result.
             * @memberof muster.link
             * @interface IResult
             * @augments muster.link.Result.$Properties
             * @deprecated Use muster.link.Result.$Properties instead.
             */

            /**
             * Shape of a Result.
             * @typedef {muster.link.Result.$Properties} muster.link.Result.$Shape
             */

            /**
             * Constructs a new Result.
             * @memberof muster.link
             * @classdesc Represents a Result.
             * @constructor
             * @param {muster.link.Result.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Result = function (properties) {
                this.heads = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Result runRecord.
             * @member {Uint8Array} runRecord
             * @memberof muster.link.Result
             * @instance
             */
            Result.prototype.runRecord = $util.newBuffer([]);

            /**
             * Result signature.
             * @member {Uint8Array} signature
             * @memberof muster.link.Result
             * @instance
             */
            Result.prototype.signature = $util.newBuffer([]);

            /**
             * Result heads.
             * @member {Array.<muster.link.StepHeads.$Properties>} heads
             * @memberof muster.link.Result
             * @instance
             */
            Result.prototype.heads = $util.emptyArray;

            /**
             * Encodes the specified Result message. Does not implicitly {@link muster.link.Result.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Result
             * @static
             * @param {muster.link.Result.$Properties} message Result message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Result.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.runRecord != null && $Object.hasOwnProperty.call(message, "runRecord") && message.runRecord.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.runRecord);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.heads != null && message.heads.length)
                    for (let i = 0; i < message.heads.length; ++i)
                        $root.muster.link.StepHeads.encode(message.heads[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Result message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Result
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Result & muster.link.Result.$Shape} Result
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Result.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Result();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.runRecord = value;
                            else
                                delete message.runRecord;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.heads && message.heads.length))
                                message.heads = [];
                            message.heads.push($root.muster.link.StepHeads.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Result;
        })();

        link.StepHeads = (function() {

            /**
             * Properties of a StepHeads.
             * @typedef {Object} muster.link.StepHeads.$Properties
             * @property {number|null} [step] StepHeads step
             * @property {muster.link.StreamHead.$Properties|null} [stdout] StepHeads stdout
             * @property {muster.link.StreamHead.$Properties|null} [stderr] StepHeads stderr
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StepHeads.
             * @memberof muster.link
             * @interface IStepHeads
             * @augments muster.link.StepHeads.$Properties
             * @deprecated Use muster.link.StepHeads.$Properties instead.
             */

            /**
             * Shape of a StepHeads.
             * @typedef {muster.link.StepHeads.$Properties} muster.link.StepHeads.$Shape
             */

            /**
             * Constructs a new StepHeads.
             * @memberof muster.link
             * @classdesc Represents a StepHeads.
             * @constructor
             * @param {muster.link.StepHeads.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StepHeads = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StepHeads step.
             * @member {number} step
             * @memberof muster.link.StepHeads
             * @instance
             */
            StepHeads.prototype.step = 0;

            /**
             * StepHeads stdout.
             * @member {muster.link.StreamHead.$Properties|null|undefined} stdout
             * @memberof muster.link.StepHeads
             * @instance
             */
            StepHeads.prototype.stdout = null;

            /**
             * StepHeads stderr.
             * @member {muster.link.StreamHead.$Properties|null|undefined} stderr
             * @memberof muster.link.StepHeads
             * @instance
             */
            StepHeads.prototype.stderr = null;

            /**
             * Encodes the specified StepHeads message. Does not implicitly {@link muster.link.StepHeads.verify|verify} messages.
             * @function encode
             * @memberof muster.link.StepHeads
             * @static
             * @param {muster.link.StepHeads.$Properties} message StepHeads message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StepHeads.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.step);
                if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout"))
                    $root.muster.link.StreamHead.encode(message.stdout, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr"))
                    $root.muster.link.StreamHead.encode(message.stderr, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StepHeads message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.StepHeads
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.StepHeads & muster.link.StepHeads.$Shape} StepHeads
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StepHeads.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.StepHeads();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.stdout = $root.muster.link.StreamHead.decode(reader, reader.size(), $undefined, _depth + 1, message.stdout);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.stderr = $root.muster.link.StreamHead.decode(reader, reader.size(), $undefined, _depth + 1, message.stderr);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StepHeads;
        })();

        link.StreamHead = (function() {

            /**
             * Properties of a StreamHead.
             * @typedef {Object} muster.link.StreamHead.$Properties
             * @property {string|null} [text] StreamHead text
             * @property {Uint8Array|null} [whole] StreamHead whole
             * @property {boolean|null} [isWhole] StreamHead isWhole
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StreamHead.
             * @memberof muster.link
             * @interface IStreamHead
             * @augments muster.link.StreamHead.$Properties
             * @deprecated Use muster.link.StreamHead.$Properties instead.
             */

            /**
             * Shape of a StreamHead.
             * @typedef {muster.link.StreamHead.$Properties} muster.link.StreamHead.$Shape
             */

            /**
             * Constructs a new StreamHead.
             * @memberof muster.link
             * @classdesc Represents a StreamHead.
             * @constructor
             * @param {muster.link.StreamHead.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StreamHead = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StreamHead text.
             * @member {string} text
             * @memberof muster.link.StreamHead
             * @instance
             */
            StreamHead.prototype.text = "";

            /**
             * StreamHead whole.
             * @member {Uint8Array} whole
             * @memberof muster.link.StreamHead
             * @instance
             */
            StreamHead.prototype.whole = $util.newBuffer([]);

            /**
             * StreamHead isWhole.
             * @member {boolean} isWhole
             * @memberof muster.link.StreamHead
             * @instance
             */
            StreamHead.prototype.isWhole = false;

            /**
             * Encodes the specified StreamHead message. Does not implicitly {@link muster.link.StreamHead.verify|verify} messages.
             * @function encode
             * @memberof muster.link.StreamHead
             * @static
             * @param {muster.link.StreamHead.$Properties} message StreamHead message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StreamHead.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.text);
                if (message.whole != null && $Object.hasOwnProperty.call(message, "whole") && message.whole.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.whole);
                if (message.isWhole != null && $Object.hasOwnProperty.call(message, "isWhole") && message.isWhole !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isWhole);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StreamHead message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.StreamHead
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.StreamHead & muster.link.StreamHead.$Shape} StreamHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StreamHead.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.StreamHead();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.whole = value;
                            else
                                delete message.whole;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.isWhole = value;
                            else
                                delete message.isWhole;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StreamHead;
        })();

        link.Output = (function() {

            /**
             * Properties of an Output.
             * @typedef {Object} muster.link.Output.$Properties
             * @property {string|null} [invocationId] Output invocationId
             * @property {number|null} [step] Output step
             * @property {number|null} [attempt] Output attempt
             * @property {muster.link.Stream|null} [stream] Output stream
             * @property {number|null} [offset] Output offset
             * @property {Uint8Array|null} [data] Output data
             * @property {boolean|null} [end] Output end
             * @property {number|null} [dropped] Output dropped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Output.
             * @memberof muster.link
             * @interface IOutput
             * @augments muster.link.Output.$Properties
             * @deprecated Use muster.link.Output.$Properties instead.
             */

            /**
             * Shape of an Output.
             * @typedef {muster.link.Output.$Properties} muster.link.Output.$Shape
             */

            /**
             * Constructs a new Output.
             * @memberof muster.link
             * @classdesc Represents an Output.
             * @constructor
             * @param {muster.link.Output.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Output = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Output invocationId.
             * @member {string} invocationId
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.invocationId = "";

            /**
             * Output step.
             * @member {number} step
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.step = 0;

            /**
             * Output attempt.
             * @member {number} attempt
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.attempt = 0;

            /**
             * Output stream.
             * @member {muster.link.Stream} stream
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.stream = 0;

            /**
             * Output offset.
             * @member {number} offset
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.offset = 0;

            /**
             * Output data.
             * @member {Uint8Array} data
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.data = $util.newBuffer([]);

            /**
             * Output end.
             * @member {boolean} end
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.end = false;

            /**
             * Output dropped.
             * @member {number} dropped
             * @memberof muster.link.Output
             * @instance
             */
            Output.prototype.dropped = 0;

            /**
             * Encodes the specified Output message. Does not implicitly {@link muster.link.Output.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Output
             * @static
             * @param {muster.link.Output.$Properties} message Output message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Output.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.invocationId != null && $Object.hasOwnProperty.call(message, "invocationId") && message.invocationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.invocationId);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.step);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.attempt);
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.stream);
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && !$Object.is(message.offset, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.offset);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.data);
                if (message.end != null && $Object.hasOwnProperty.call(message, "end") && message.end !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.end);
                if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped") && !$Object.is(message.dropped, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.dropped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Output message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Output
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Output & muster.link.Output.$Shape} Output
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Output.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Output();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.invocationId = value;
                            else
                                delete message.invocationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.stream = value;
                            else
                                delete message.stream;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.end = value;
                            else
                                delete message.end;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.dropped = value;
                            else
                                delete message.dropped;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Output;
        })();

        /**
         * Stream enum.
         * @name muster.link.Stream
         * @enum {number}
         * @property {number} STDOUT=0 STDOUT value
         * @property {number} STDERR=1 STDERR value
         */
        link.Stream = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "STDOUT"] = 0;
            values[valuesById[1] = "STDERR"] = 1;
            return values;
        })();

        link.OutputReceipt = (function() {

            /**
             * Properties of an OutputReceipt.
             * @typedef {Object} muster.link.OutputReceipt.$Properties
             * @property {string|null} [invocationId] OutputReceipt invocationId
             * @property {number|null} [step] OutputReceipt step
             * @property {number|null} [attempt] OutputReceipt attempt
             * @property {muster.link.Stream|null} [stream] OutputReceipt stream
             * @property {number|null} [received] OutputReceipt received
             * @property {number|null} [sealed] OutputReceipt sealed
             * @property {boolean|null} [ended] OutputReceipt ended
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OutputReceipt.
             * @memberof muster.link
             * @interface IOutputReceipt
             * @augments muster.link.OutputReceipt.$Properties
             * @deprecated Use muster.link.OutputReceipt.$Properties instead.
             */

            /**
             * Shape of an OutputReceipt.
             * @typedef {muster.link.OutputReceipt.$Properties} muster.link.OutputReceipt.$Shape
             */

            /**
             * Constructs a new OutputReceipt.
             * @memberof muster.link
             * @classdesc Represents an OutputReceipt.
             * @constructor
             * @param {muster.link.OutputReceipt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OutputReceipt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OutputReceipt invocationId.
             * @member {string} invocationId
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.invocationId = "";

            /**
             * OutputReceipt step.
             * @member {number} step
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.step = 0;

            /**
             * OutputReceipt attempt.
             * @member {number} attempt
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.attempt = 0;

            /**
             * OutputReceipt stream.
             * @member {muster.link.Stream} stream
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.stream = 0;

            /**
             * OutputReceipt received.
             * @member {number} received
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.received = 0;

            /**
             * OutputReceipt sealed.
             * @member {number} sealed
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.sealed = 0;

            /**
             * OutputReceipt ended.
             * @member {boolean} ended
             * @memberof muster.link.OutputReceipt
             * @instance
             */
            OutputReceipt.prototype.ended = false;

            /**
             * Encodes the specified OutputReceipt message. Does not implicitly {@link muster.link.OutputReceipt.verify|verify} messages.
             * @function encode
             * @memberof muster.link.OutputReceipt
             * @static
             * @param {muster.link.OutputReceipt.$Properties} message OutputReceipt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OutputReceipt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.invocationId != null && $Object.hasOwnProperty.call(message, "invocationId") && message.invocationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.invocationId);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.step);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.attempt);
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.stream);
                if (message.received != null && $Object.hasOwnProperty.call(message, "received") && !$Object.is(message.received, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.received);
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed") && !$Object.is(message.sealed, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.sealed);
                if (message.ended != null && $Object.hasOwnProperty.call(message, "ended") && message.ended !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.ended);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OutputReceipt message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.OutputReceipt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.OutputReceipt & muster.link.OutputReceipt.$Shape} OutputReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OutputReceipt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.OutputReceipt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.invocationId = value;
                            else
                                delete message.invocationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.stream = value;
                            else
                                delete message.stream;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.received = value;
                            else
                                delete message.received;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sealed = value;
                            else
                                delete message.sealed;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.ended = value;
                            else
                                delete message.ended;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OutputReceipt;
        })();

        link.RecordReceipt = (function() {

            /**
             * Properties of a RecordReceipt.
             * @typedef {Object} muster.link.RecordReceipt.$Properties
             * @property {string|null} [journalId] RecordReceipt journalId
             * @property {number|null} [number] RecordReceipt number
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RecordReceipt.
             * @memberof muster.link
             * @interface IRecordReceipt
             * @augments muster.link.RecordReceipt.$Properties
             * @deprecated Use muster.link.RecordReceipt.$Properties instead.
             */

            /**
             * Shape of a RecordReceipt.
             * @typedef {muster.link.RecordReceipt.$Properties} muster.link.RecordReceipt.$Shape
             */

            /**
             * Constructs a new RecordReceipt.
             * @memberof muster.link
             * @classdesc Represents a RecordReceipt.
             * @constructor
             * @param {muster.link.RecordReceipt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RecordReceipt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RecordReceipt journalId.
             * @member {string} journalId
             * @memberof muster.link.RecordReceipt
             * @instance
             */
            RecordReceipt.prototype.journalId = "";

            /**
             * RecordReceipt number.
             * @member {number} number
             * @memberof muster.link.RecordReceipt
             * @instance
             */
            RecordReceipt.prototype.number = 0;

            /**
             * Encodes the specified RecordReceipt message. Does not implicitly {@link muster.link.RecordReceipt.verify|verify} messages.
             * @function encode
             * @memberof muster.link.RecordReceipt
             * @static
             * @param {muster.link.RecordReceipt.$Properties} message RecordReceipt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RecordReceipt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.journalId != null && $Object.hasOwnProperty.call(message, "journalId") && message.journalId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.journalId);
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && !$Object.is(message.number, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.number);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RecordReceipt message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.RecordReceipt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.RecordReceipt & muster.link.RecordReceipt.$Shape} RecordReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RecordReceipt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.RecordReceipt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.journalId = value;
                            else
                                delete message.journalId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RecordReceipt;
        })();

        link.Call = (function() {

            /**
             * Properties of a Call.
             * @typedef {Object} muster.link.Call.$Properties
             * @property {number|null} [id] Call id
             * @property {string|null} [operation] Call operation
             * @property {Uint8Array|null} [input] Call input
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Call.
             * @memberof muster.link
             * @interface ICall
             * @augments muster.link.Call.$Properties
             * @deprecated Use muster.link.Call.$Properties instead.
             */

            /**
             * Shape of a Call.
             * @typedef {muster.link.Call.$Properties} muster.link.Call.$Shape
             */

            /**
             * Constructs a new Call.
             * @memberof muster.link
             * @classdesc Represents a Call.
             * @constructor
             * @param {muster.link.Call.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Call = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Call id.
             * @member {number} id
             * @memberof muster.link.Call
             * @instance
             */
            Call.prototype.id = 0;

            /**
             * Call operation.
             * @member {string} operation
             * @memberof muster.link.Call
             * @instance
             */
            Call.prototype.operation = "";

            /**
             * Call input.
             * @member {Uint8Array} input
             * @memberof muster.link.Call
             * @instance
             */
            Call.prototype.input = $util.newBuffer([]);

            /**
             * Encodes the specified Call message. Does not implicitly {@link muster.link.Call.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Call
             * @static
             * @param {muster.link.Call.$Properties} message Call message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Call.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.operation);
                if (message.input != null && $Object.hasOwnProperty.call(message, "input") && message.input.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.input);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Call message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Call
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Call & muster.link.Call.$Shape} Call
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Call.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Call();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.operation = value;
                            else
                                delete message.operation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.input = value;
                            else
                                delete message.input;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Call;
        })();

        link.Answer = (function() {

            /**
             * Properties of an Answer.
             * @typedef {Object} muster.link.Answer.$Properties
             * @property {number|null} [id] Answer id
             * @property {number|null} [status] Answer status
             * @property {Uint8Array|null} [body] Answer body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Answer.
             * @memberof muster.link
             * @interface IAnswer
             * @augments muster.link.Answer.$Properties
             * @deprecated Use muster.link.Answer.$Properties instead.
             */

            /**
             * Shape of an Answer.
             * @typedef {muster.link.Answer.$Properties} muster.link.Answer.$Shape
             */

            /**
             * Constructs a new Answer.
             * @memberof muster.link
             * @classdesc Represents an Answer.
             * @constructor
             * @param {muster.link.Answer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Answer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Answer id.
             * @member {number} id
             * @memberof muster.link.Answer
             * @instance
             */
            Answer.prototype.id = 0;

            /**
             * Answer status.
             * @member {number} status
             * @memberof muster.link.Answer
             * @instance
             */
            Answer.prototype.status = 0;

            /**
             * Answer body.
             * @member {Uint8Array} body
             * @memberof muster.link.Answer
             * @instance
             */
            Answer.prototype.body = $util.newBuffer([]);

            /**
             * Encodes the specified Answer message. Does not implicitly {@link muster.link.Answer.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Answer
             * @static
             * @param {muster.link.Answer.$Properties} message Answer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Answer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.status);
                if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.body);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Answer message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Answer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Answer & muster.link.Answer.$Shape} Answer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Answer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Answer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.status = value;
                            else
                                delete message.status;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.body = value;
                            else
                                delete message.body;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Answer;
        })();

        link.Goodbye = (function() {

            /**
             * Properties of a Goodbye.
             * @typedef {Object} muster.link.Goodbye.$Properties
             * @property {string|null} [reason] Goodbye reason
             * @property {number|null} [retryAfterMs] Goodbye retryAfterMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Goodbye.
             * @memberof muster.link
             * @interface IGoodbye
             * @augments muster.link.Goodbye.$Properties
             * @deprecated Use muster.link.Goodbye.$Properties instead.
             */

            /**
             * Shape of a Goodbye.
             * @typedef {muster.link.Goodbye.$Properties} muster.link.Goodbye.$Shape
             */

            /**
             * Constructs a new Goodbye.
             * @memberof muster.link
             * @classdesc Represents a Goodbye.
             * @constructor
             * @param {muster.link.Goodbye.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Goodbye = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Goodbye reason.
             * @member {string} reason
             * @memberof muster.link.Goodbye
             * @instance
             */
            Goodbye.prototype.reason = "";

            /**
             * Goodbye retryAfterMs.
             * @member {number} retryAfterMs
             * @memberof muster.link.Goodbye
             * @instance
             */
            Goodbye.prototype.retryAfterMs = 0;

            /**
             * Encodes the specified Goodbye message. Does not implicitly {@link muster.link.Goodbye.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Goodbye
             * @static
             * @param {muster.link.Goodbye.$Properties} message Goodbye message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Goodbye.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.retryAfterMs != null && $Object.hasOwnProperty.call(message, "retryAfterMs") && message.retryAfterMs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.retryAfterMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Goodbye message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Goodbye
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Goodbye & muster.link.Goodbye.$Shape} Goodbye
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Goodbye.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Goodbye();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.retryAfterMs = value;
                            else
                                delete message.retryAfterMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Goodbye;
        })();

        link.Probe = (function() {

            /**
             * Properties of a Probe.
             * @typedef {Object} muster.link.Probe.$Properties
             * @property {number|null} [nonce] Probe nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Probe.
             * @memberof muster.link
             * @interface IProbe
             * @augments muster.link.Probe.$Properties
             * @deprecated Use muster.link.Probe.$Properties instead.
             */

            /**
             * Shape of a Probe.
             * @typedef {muster.link.Probe.$Properties} muster.link.Probe.$Shape
             */

            /**
             * Constructs a new Probe.
             * @memberof muster.link
             * @classdesc Represents a Probe.
             * @constructor
             * @param {muster.link.Probe.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Probe = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Probe nonce.
             * @member {number} nonce
             * @memberof muster.link.Probe
             * @instance
             */
            Probe.prototype.nonce = 0;

            /**
             * Encodes the specified Probe message. Does not implicitly {@link muster.link.Probe.verify|verify} messages.
             * @function encode
             * @memberof muster.link.Probe
             * @static
             * @param {muster.link.Probe.$Properties} message Probe message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Probe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && !$Object.is(message.nonce, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Probe message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.Probe
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.Probe & muster.link.Probe.$Shape} Probe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Probe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.Probe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Probe;
        })();

        link.ProbeAnswer = (function() {

            /**
             * Properties of a ProbeAnswer.
             * @typedef {Object} muster.link.ProbeAnswer.$Properties
             * @property {number|null} [nonce] ProbeAnswer nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProbeAnswer.
             * @memberof muster.link
             * @interface IProbeAnswer
             * @augments muster.link.ProbeAnswer.$Properties
             * @deprecated Use muster.link.ProbeAnswer.$Properties instead.
             */

            /**
             * Shape of a ProbeAnswer.
             * @typedef {muster.link.ProbeAnswer.$Properties} muster.link.ProbeAnswer.$Shape
             */

            /**
             * Constructs a new ProbeAnswer.
             * @memberof muster.link
             * @classdesc Represents a ProbeAnswer.
             * @constructor
             * @param {muster.link.ProbeAnswer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProbeAnswer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ProbeAnswer nonce.
             * @member {number} nonce
             * @memberof muster.link.ProbeAnswer
             * @instance
             */
            ProbeAnswer.prototype.nonce = 0;

            /**
             * Encodes the specified ProbeAnswer message. Does not implicitly {@link muster.link.ProbeAnswer.verify|verify} messages.
             * @function encode
             * @memberof muster.link.ProbeAnswer
             * @static
             * @param {muster.link.ProbeAnswer.$Properties} message ProbeAnswer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProbeAnswer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && !$Object.is(message.nonce, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProbeAnswer message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.ProbeAnswer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.ProbeAnswer & muster.link.ProbeAnswer.$Shape} ProbeAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProbeAnswer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.ProbeAnswer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProbeAnswer;
        })();

        link.GenerationKept = (function() {

            /**
             * Properties of a GenerationKept.
             * @typedef {Object} muster.link.GenerationKept.$Properties
             * @property {number|null} [generation] GenerationKept generation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GenerationKept.
             * @memberof muster.link
             * @interface IGenerationKept
             * @augments muster.link.GenerationKept.$Properties
             * @deprecated Use muster.link.GenerationKept.$Properties instead.
             */

            /**
             * Shape of a GenerationKept.
             * @typedef {muster.link.GenerationKept.$Properties} muster.link.GenerationKept.$Shape
             */

            /**
             * Constructs a new GenerationKept.
             * @memberof muster.link
             * @classdesc Represents a GenerationKept.
             * @constructor
             * @param {muster.link.GenerationKept.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GenerationKept = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GenerationKept generation.
             * @member {number} generation
             * @memberof muster.link.GenerationKept
             * @instance
             */
            GenerationKept.prototype.generation = 0;

            /**
             * Encodes the specified GenerationKept message. Does not implicitly {@link muster.link.GenerationKept.verify|verify} messages.
             * @function encode
             * @memberof muster.link.GenerationKept
             * @static
             * @param {muster.link.GenerationKept.$Properties} message GenerationKept message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GenerationKept.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && !$Object.is(message.generation, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.generation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GenerationKept message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.GenerationKept
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.GenerationKept & muster.link.GenerationKept.$Shape} GenerationKept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GenerationKept.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.GenerationKept();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return GenerationKept;
        })();

        link.RotateKey = (function() {

            /**
             * Properties of a RotateKey.
             * @typedef {Object} muster.link.RotateKey.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RotateKey.
             * @memberof muster.link
             * @interface IRotateKey
             * @augments muster.link.RotateKey.$Properties
             * @deprecated Use muster.link.RotateKey.$Properties instead.
             */

            /**
             * Shape of a RotateKey.
             * @typedef {muster.link.RotateKey.$Properties} muster.link.RotateKey.$Shape
             */

            /**
             * Constructs a new RotateKey.
             * @memberof muster.link
             * @classdesc Represents a RotateKey.
             * @constructor
             * @param {muster.link.RotateKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RotateKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified RotateKey message. Does not implicitly {@link muster.link.RotateKey.verify|verify} messages.
             * @function encode
             * @memberof muster.link.RotateKey
             * @static
             * @param {muster.link.RotateKey.$Properties} message RotateKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RotateKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RotateKey message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.RotateKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.RotateKey & muster.link.RotateKey.$Shape} RotateKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RotateKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.RotateKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RotateKey;
        })();

        link.NewKey = (function() {

            /**
             * Properties of a NewKey.
             * @typedef {Object} muster.link.NewKey.$Properties
             * @property {Uint8Array|null} [publicKey] NewKey publicKey
             * @property {Uint8Array|null} [signature] NewKey signature
             * @property {Uint8Array|null} [ownSignature] NewKey ownSignature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NewKey.
             * @memberof muster.link
             * @interface INewKey
             * @augments muster.link.NewKey.$Properties
             * @deprecated Use muster.link.NewKey.$Properties instead.
             */

            /**
             * Shape of a NewKey.
             * @typedef {muster.link.NewKey.$Properties} muster.link.NewKey.$Shape
             */

            /**
             * Constructs a new NewKey.
             * @memberof muster.link
             * @classdesc Represents a NewKey.
             * @constructor
             * @param {muster.link.NewKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NewKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NewKey publicKey.
             * @member {Uint8Array} publicKey
             * @memberof muster.link.NewKey
             * @instance
             */
            NewKey.prototype.publicKey = $util.newBuffer([]);

            /**
             * NewKey signature.
             * @member {Uint8Array} signature
             * @memberof muster.link.NewKey
             * @instance
             */
            NewKey.prototype.signature = $util.newBuffer([]);

            /**
             * NewKey ownSignature.
             * @member {Uint8Array} ownSignature
             * @memberof muster.link.NewKey
             * @instance
             */
            NewKey.prototype.ownSignature = $util.newBuffer([]);

            /**
             * Encodes the specified NewKey message. Does not implicitly {@link muster.link.NewKey.verify|verify} messages.
             * @function encode
             * @memberof muster.link.NewKey
             * @static
             * @param {muster.link.NewKey.$Properties} message NewKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NewKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.publicKey);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.ownSignature != null && $Object.hasOwnProperty.call(message, "ownSignature") && message.ownSignature.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.ownSignature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NewKey message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.NewKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.NewKey & muster.link.NewKey.$Shape} NewKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NewKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.NewKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ownSignature = value;
                            else
                                delete message.ownSignature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NewKey;
        })();

        link.KeyKept = (function() {

            /**
             * Properties of a KeyKept.
             * @typedef {Object} muster.link.KeyKept.$Properties
             * @property {Uint8Array|null} [publicKey] KeyKept publicKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeyKept.
             * @memberof muster.link
             * @interface IKeyKept
             * @augments muster.link.KeyKept.$Properties
             * @deprecated Use muster.link.KeyKept.$Properties instead.
             */

            /**
             * Shape of a KeyKept.
             * @typedef {muster.link.KeyKept.$Properties} muster.link.KeyKept.$Shape
             */

            /**
             * Constructs a new KeyKept.
             * @memberof muster.link
             * @classdesc Represents a KeyKept.
             * @constructor
             * @param {muster.link.KeyKept.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeyKept = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeyKept publicKey.
             * @member {Uint8Array} publicKey
             * @memberof muster.link.KeyKept
             * @instance
             */
            KeyKept.prototype.publicKey = $util.newBuffer([]);

            /**
             * Encodes the specified KeyKept message. Does not implicitly {@link muster.link.KeyKept.verify|verify} messages.
             * @function encode
             * @memberof muster.link.KeyKept
             * @static
             * @param {muster.link.KeyKept.$Properties} message KeyKept message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeyKept.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.publicKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeyKept message from the specified reader or buffer.
             * @function decode
             * @memberof muster.link.KeyKept
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {muster.link.KeyKept & muster.link.KeyKept.$Shape} KeyKept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeyKept.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.muster.link.KeyKept();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return KeyKept;
        })();

        return link;
    })();

    return muster;
})();

export {
  $root as default
};
