// Written by "npm run generate" from packages/protocol/proto/*.proto. Do not edit.
import * as $protobuf from "protobufjs/minimal.js";

/** Namespace muster. */
export namespace muster {

    /** Namespace link. */
    namespace link {

        /**
         * Properties of a Frame.
         * @deprecated Use muster.link.Frame.$Properties instead.
         */
        interface IFrame extends muster.link.Frame.$Properties {
        }

        /** Represents a Frame. */
        class Frame {

            /**
             * Constructs a new Frame.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Frame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Frame hello. */
            hello?: (muster.link.Hello.$Properties|null);

            /** Frame heartbeat. */
            heartbeat?: (muster.link.Heartbeat.$Properties|null);

            /** Frame workReceipt. */
            workReceipt?: (muster.link.WorkReceipt.$Properties|null);

            /** Frame record. */
            record?: (muster.link.Record.$Properties|null);

            /** Frame output. */
            output?: (muster.link.Output.$Properties|null);

            /** Frame call. */
            call?: (muster.link.Call.$Properties|null);

            /** Frame probeAnswer. */
            probeAnswer?: (muster.link.ProbeAnswer.$Properties|null);

            /** Frame generationKept. */
            generationKept?: (muster.link.GenerationKept.$Properties|null);

            /** Frame newKey. */
            newKey?: (muster.link.NewKey.$Properties|null);

            /** Frame welcome. */
            welcome?: (muster.link.Welcome.$Properties|null);

            /** Frame heartbeatAnswer. */
            heartbeatAnswer?: (muster.link.HeartbeatAnswer.$Properties|null);

            /** Frame work. */
            work?: (muster.link.Work.$Properties|null);

            /** Frame cancel. */
            cancel?: (muster.link.Cancel.$Properties|null);

            /** Frame recordReceipt. */
            recordReceipt?: (muster.link.RecordReceipt.$Properties|null);

            /** Frame outputReceipt. */
            outputReceipt?: (muster.link.OutputReceipt.$Properties|null);

            /** Frame answer. */
            answer?: (muster.link.Answer.$Properties|null);

            /** Frame goodbye. */
            goodbye?: (muster.link.Goodbye.$Properties|null);

            /** Frame probe. */
            probe?: (muster.link.Probe.$Properties|null);

            /** Frame rotateKey. */
            rotateKey?: (muster.link.RotateKey.$Properties|null);

            /** Frame keyKept. */
            keyKept?: (muster.link.KeyKept.$Properties|null);

            /** Frame body. */
            body?: ("hello"|"heartbeat"|"workReceipt"|"record"|"output"|"call"|"probeAnswer"|"generationKept"|"newKey"|"welcome"|"heartbeatAnswer"|"work"|"cancel"|"recordReceipt"|"outputReceipt"|"answer"|"goodbye"|"probe"|"rotateKey"|"keyKept");

            /**
             * Encodes the specified Frame message. Does not implicitly {@link muster.link.Frame.verify|verify} messages.
             * @param message Frame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Frame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Frame & muster.link.Frame.$Shape} Frame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Frame & muster.link.Frame.$Shape;
        }

        namespace Frame {

            /** Properties of a Frame. */
            interface $Properties {

                /** Frame hello */
                hello?: (muster.link.Hello.$Properties|null);

                /** Frame heartbeat */
                heartbeat?: (muster.link.Heartbeat.$Properties|null);

                /** Frame workReceipt */
                workReceipt?: (muster.link.WorkReceipt.$Properties|null);

                /** Frame record */
                record?: (muster.link.Record.$Properties|null);

                /** Frame output */
                output?: (muster.link.Output.$Properties|null);

                /** Frame call */
                call?: (muster.link.Call.$Properties|null);

                /** Frame probeAnswer */
                probeAnswer?: (muster.link.ProbeAnswer.$Properties|null);

                /** Frame generationKept */
                generationKept?: (muster.link.GenerationKept.$Properties|null);

                /** Frame newKey */
                newKey?: (muster.link.NewKey.$Properties|null);

                /** Frame welcome */
                welcome?: (muster.link.Welcome.$Properties|null);

                /** Frame heartbeatAnswer */
                heartbeatAnswer?: (muster.link.HeartbeatAnswer.$Properties|null);

                /** Frame work */
                work?: (muster.link.Work.$Properties|null);

                /** Frame cancel */
                cancel?: (muster.link.Cancel.$Properties|null);

                /** Frame recordReceipt */
                recordReceipt?: (muster.link.RecordReceipt.$Properties|null);

                /** Frame outputReceipt */
                outputReceipt?: (muster.link.OutputReceipt.$Properties|null);

                /** Frame answer */
                answer?: (muster.link.Answer.$Properties|null);

                /** Frame goodbye */
                goodbye?: (muster.link.Goodbye.$Properties|null);

                /** Frame probe */
                probe?: (muster.link.Probe.$Properties|null);

                /** Frame rotateKey */
                rotateKey?: (muster.link.RotateKey.$Properties|null);

                /** Frame keyKept */
                keyKept?: (muster.link.KeyKept.$Properties|null);

                /** Frame body */
                body?: ("hello"|"heartbeat"|"workReceipt"|"record"|"output"|"call"|"probeAnswer"|"generationKept"|"newKey"|"welcome"|"heartbeatAnswer"|"work"|"cancel"|"recordReceipt"|"outputReceipt"|"answer"|"goodbye"|"probe"|"rotateKey"|"keyKept");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Frame. */
            type $Shape = {
              hello?: muster.link.Hello.$Shape|null;
              heartbeat?: muster.link.Heartbeat.$Shape|null;
              workReceipt?: muster.link.WorkReceipt.$Shape|null;
              record?: muster.link.Record.$Shape|null;
              output?: muster.link.Output.$Shape|null;
              call?: muster.link.Call.$Shape|null;
              probeAnswer?: muster.link.ProbeAnswer.$Shape|null;
              generationKept?: muster.link.GenerationKept.$Shape|null;
              newKey?: muster.link.NewKey.$Shape|null;
              welcome?: muster.link.Welcome.$Shape|null;
              heartbeatAnswer?: muster.link.HeartbeatAnswer.$Shape|null;
              work?: muster.link.Work.$Shape|null;
              cancel?: muster.link.Cancel.$Shape|null;
              recordReceipt?: muster.link.RecordReceipt.$Shape|null;
              outputReceipt?: muster.link.OutputReceipt.$Shape|null;
              answer?: muster.link.Answer.$Shape|null;
              goodbye?: muster.link.Goodbye.$Shape|null;
              probe?: muster.link.Probe.$Shape|null;
              rotateKey?: muster.link.RotateKey.$Shape|null;
              keyKept?: muster.link.KeyKept.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "hello"; hello: muster.link.Hello.$Shape; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "heartbeat"; hello?: null; heartbeat: muster.link.Heartbeat.$Shape; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "workReceipt"; hello?: null; heartbeat?: null; workReceipt: muster.link.WorkReceipt.$Shape; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "record"; hello?: null; heartbeat?: null; workReceipt?: null; record: muster.link.Record.$Shape; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "output"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output: muster.link.Output.$Shape; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "call"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call: muster.link.Call.$Shape; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "probeAnswer"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer: muster.link.ProbeAnswer.$Shape; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "generationKept"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept: muster.link.GenerationKept.$Shape; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "newKey"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey: muster.link.NewKey.$Shape; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "welcome"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome: muster.link.Welcome.$Shape; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "heartbeatAnswer"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer: muster.link.HeartbeatAnswer.$Shape; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "work"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work: muster.link.Work.$Shape; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "cancel"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel: muster.link.Cancel.$Shape; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "recordReceipt"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt: muster.link.RecordReceipt.$Shape; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "outputReceipt"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt: muster.link.OutputReceipt.$Shape; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "answer"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer: muster.link.Answer.$Shape; goodbye?: null; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "goodbye"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye: muster.link.Goodbye.$Shape; probe?: null; rotateKey?: null; keyKept?: null }|{ body?: "probe"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe: muster.link.Probe.$Shape; rotateKey?: null; keyKept?: null }|{ body?: "rotateKey"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey: muster.link.RotateKey.$Shape; keyKept?: null }|{ body?: "keyKept"; hello?: null; heartbeat?: null; workReceipt?: null; record?: null; output?: null; call?: null; probeAnswer?: null; generationKept?: null; newKey?: null; welcome?: null; heartbeatAnswer?: null; work?: null; cancel?: null; recordReceipt?: null; outputReceipt?: null; answer?: null; goodbye?: null; probe?: null; rotateKey?: null; keyKept: muster.link.KeyKept.$Shape })
            );
        }

        /**
         * Properties of a Hello.
         * @deprecated Use muster.link.Hello.$Properties instead.
         */
        interface IHello extends muster.link.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello linkVersion. */
            linkVersion: number;

            /** Hello agentVersion. */
            agentVersion: string;

            /** Hello actions. */
            actions: string[];

            /** Hello host. */
            host?: (muster.link.HostFacts.$Properties|null);

            /** Hello bootId. */
            bootId: string;

            /** Hello journalId. */
            journalId: string;

            /** Hello lastRecord. */
            lastRecord: number;

            /** Hello holding. */
            holding: string[];

            /** Hello policyMode. */
            policyMode: string;

            /** Hello processId. */
            processId: string;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link muster.link.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Hello & muster.link.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Hello & muster.link.Hello.$Shape;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello linkVersion */
                linkVersion?: (number|null);

                /** Hello agentVersion */
                agentVersion?: (string|null);

                /** Hello actions */
                actions?: (string[]|null);

                /** Hello host */
                host?: (muster.link.HostFacts.$Properties|null);

                /** Hello bootId */
                bootId?: (string|null);

                /** Hello journalId */
                journalId?: (string|null);

                /** Hello lastRecord */
                lastRecord?: (number|null);

                /** Hello holding */
                holding?: (string[]|null);

                /** Hello policyMode */
                policyMode?: (string|null);

                /** Hello processId */
                processId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = muster.link.Hello.$Properties;
        }

        /**
         * Properties of a HostFacts.
         * @deprecated Use muster.link.HostFacts.$Properties instead.
         */
        interface IHostFacts extends muster.link.HostFacts.$Properties {
        }

        /** Represents a HostFacts. */
        class HostFacts {

            /**
             * Constructs a new HostFacts.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.HostFacts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HostFacts computerName. */
            computerName: string;

            /** HostFacts ipAddress. */
            ipAddress: string;

            /** HostFacts platformType. */
            platformType: string;

            /** HostFacts platformName. */
            platformName: string;

            /** HostFacts platformVersion. */
            platformVersion: string;

            /** HostFacts architecture. */
            architecture: string;

            /**
             * Encodes the specified HostFacts message. Does not implicitly {@link muster.link.HostFacts.verify|verify} messages.
             * @param message HostFacts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.HostFacts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HostFacts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.HostFacts & muster.link.HostFacts.$Shape} HostFacts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.HostFacts & muster.link.HostFacts.$Shape;
        }

        namespace HostFacts {

            /** Properties of a HostFacts. */
            interface $Properties {

                /** HostFacts computerName */
                computerName?: (string|null);

                /** HostFacts ipAddress */
                ipAddress?: (string|null);

                /** HostFacts platformType */
                platformType?: (string|null);

                /** HostFacts platformName */
                platformName?: (string|null);

                /** HostFacts platformVersion */
                platformVersion?: (string|null);

                /** HostFacts architecture */
                architecture?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HostFacts. */
            type $Shape = muster.link.HostFacts.$Properties;
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use muster.link.Welcome.$Properties instead.
         */
        interface IWelcome extends muster.link.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome linkVersion. */
            linkVersion: number;

            /** Welcome controllerTime. */
            controllerTime: number;

            /** Welcome heartbeatMs. */
            heartbeatMs: number;

            /** Welcome epoch. */
            epoch: number;

            /** Welcome receivedRecord. */
            receivedRecord: number;

            /** Welcome accountId. */
            accountId: string;

            /** Welcome region. */
            region: string;

            /** Welcome controllerId. */
            controllerId: string;

            /** Welcome generation. */
            generation: number;

            /** Welcome quarantined. */
            quarantined: boolean;

            /** Welcome dropUnstarted. */
            dropUnstarted: boolean;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link muster.link.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Welcome & muster.link.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Welcome & muster.link.Welcome.$Shape;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome linkVersion */
                linkVersion?: (number|null);

                /** Welcome controllerTime */
                controllerTime?: (number|null);

                /** Welcome heartbeatMs */
                heartbeatMs?: (number|null);

                /** Welcome epoch */
                epoch?: (number|null);

                /** Welcome receivedRecord */
                receivedRecord?: (number|null);

                /** Welcome accountId */
                accountId?: (string|null);

                /** Welcome region */
                region?: (string|null);

                /** Welcome controllerId */
                controllerId?: (string|null);

                /** Welcome generation */
                generation?: (number|null);

                /** Welcome quarantined */
                quarantined?: (boolean|null);

                /** Welcome dropUnstarted */
                dropUnstarted?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = muster.link.Welcome.$Properties;
        }

        /**
         * Properties of a Heartbeat.
         * @deprecated Use muster.link.Heartbeat.$Properties instead.
         */
        interface IHeartbeat extends muster.link.Heartbeat.$Properties {
        }

        /** Represents a Heartbeat. */
        class Heartbeat {

            /**
             * Constructs a new Heartbeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Heartbeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Heartbeat sequence. */
            sequence: number;

            /** Heartbeat running. */
            running: number;

            /** Heartbeat degraded. */
            degraded: boolean;

            /** Heartbeat degradedReason. */
            degradedReason: string;

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link muster.link.Heartbeat.verify|verify} messages.
             * @param message Heartbeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Heartbeat & muster.link.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Heartbeat & muster.link.Heartbeat.$Shape;
        }

        namespace Heartbeat {

            /** Properties of a Heartbeat. */
            interface $Properties {

                /** Heartbeat sequence */
                sequence?: (number|null);

                /** Heartbeat running */
                running?: (number|null);

                /** Heartbeat degraded */
                degraded?: (boolean|null);

                /** Heartbeat degradedReason */
                degradedReason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Heartbeat. */
            type $Shape = muster.link.Heartbeat.$Properties;
        }

        /**
         * Properties of a HeartbeatAnswer.
         * @deprecated Use muster.link.HeartbeatAnswer.$Properties instead.
         */
        interface IHeartbeatAnswer extends muster.link.HeartbeatAnswer.$Properties {
        }

        /** Represents a HeartbeatAnswer. */
        class HeartbeatAnswer {

            /**
             * Constructs a new HeartbeatAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.HeartbeatAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HeartbeatAnswer sequence. */
            sequence: number;

            /** HeartbeatAnswer controllerTime. */
            controllerTime: number;

            /** HeartbeatAnswer heartbeatMs. */
            heartbeatMs: number;

            /**
             * Encodes the specified HeartbeatAnswer message. Does not implicitly {@link muster.link.HeartbeatAnswer.verify|verify} messages.
             * @param message HeartbeatAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.HeartbeatAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HeartbeatAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.HeartbeatAnswer & muster.link.HeartbeatAnswer.$Shape} HeartbeatAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.HeartbeatAnswer & muster.link.HeartbeatAnswer.$Shape;
        }

        namespace HeartbeatAnswer {

            /** Properties of a HeartbeatAnswer. */
            interface $Properties {

                /** HeartbeatAnswer sequence */
                sequence?: (number|null);

                /** HeartbeatAnswer controllerTime */
                controllerTime?: (number|null);

                /** HeartbeatAnswer heartbeatMs */
                heartbeatMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HeartbeatAnswer. */
            type $Shape = muster.link.HeartbeatAnswer.$Properties;
        }

        /**
         * Properties of a Work.
         * @deprecated Use muster.link.Work.$Properties instead.
         */
        interface IWork extends muster.link.Work.$Properties {
        }

        /** Represents a Work. */
        class Work {

            /**
             * Constructs a new Work.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Work.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Work invocationId. */
            invocationId: string;

            /** Work commandId. */
            commandId: string;

            /** Work envelope. */
            envelope: Uint8Array;

            /** Work deliverBy. */
            deliverBy: number;

            /** Work expiresAt. */
            expiresAt: number;

            /** Work signatures. */
            signatures: muster.link.Signature.$Properties[];

            /**
             * Encodes the specified Work message. Does not implicitly {@link muster.link.Work.verify|verify} messages.
             * @param message Work message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Work.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Work message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Work & muster.link.Work.$Shape} Work
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Work & muster.link.Work.$Shape;
        }

        namespace Work {

            /** Properties of a Work. */
            interface $Properties {

                /** Work invocationId */
                invocationId?: (string|null);

                /** Work commandId */
                commandId?: (string|null);

                /** Work envelope */
                envelope?: (Uint8Array|null);

                /** Work deliverBy */
                deliverBy?: (number|null);

                /** Work expiresAt */
                expiresAt?: (number|null);

                /** Work signatures */
                signatures?: (muster.link.Signature.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Work. */
            type $Shape = muster.link.Work.$Properties;
        }

        /**
         * Properties of a Signature.
         * @deprecated Use muster.link.Signature.$Properties instead.
         */
        interface ISignature extends muster.link.Signature.$Properties {
        }

        /** Represents a Signature. */
        class Signature {

            /**
             * Constructs a new Signature.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Signature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signature keyId. */
            keyId: string;

            /** Signature value. */
            value: Uint8Array;

            /**
             * Encodes the specified Signature message. Does not implicitly {@link muster.link.Signature.verify|verify} messages.
             * @param message Signature message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Signature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Signature & muster.link.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Signature & muster.link.Signature.$Shape;
        }

        namespace Signature {

            /** Properties of a Signature. */
            interface $Properties {

                /** Signature keyId */
                keyId?: (string|null);

                /** Signature value */
                value?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signature. */
            type $Shape = muster.link.Signature.$Properties;
        }

        /**
         * Properties of a WorkReceipt.
         * @deprecated Use muster.link.WorkReceipt.$Properties instead.
         */
        interface IWorkReceipt extends muster.link.WorkReceipt.$Properties {
        }

        /** Represents a WorkReceipt. */
        class WorkReceipt {

            /**
             * Constructs a new WorkReceipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.WorkReceipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WorkReceipt invocationId. */
            invocationId: string;

            /** WorkReceipt known. */
            known: boolean;

            /**
             * Encodes the specified WorkReceipt message. Does not implicitly {@link muster.link.WorkReceipt.verify|verify} messages.
             * @param message WorkReceipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.WorkReceipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkReceipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.WorkReceipt & muster.link.WorkReceipt.$Shape} WorkReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.WorkReceipt & muster.link.WorkReceipt.$Shape;
        }

        namespace WorkReceipt {

            /** Properties of a WorkReceipt. */
            interface $Properties {

                /** WorkReceipt invocationId */
                invocationId?: (string|null);

                /** WorkReceipt known */
                known?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkReceipt. */
            type $Shape = muster.link.WorkReceipt.$Properties;
        }

        /**
         * Properties of a Cancel.
         * @deprecated Use muster.link.Cancel.$Properties instead.
         */
        interface ICancel extends muster.link.Cancel.$Properties {
        }

        /** Represents a Cancel. */
        class Cancel {

            /**
             * Constructs a new Cancel.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Cancel.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Cancel invocationId. */
            invocationId: string;

            /**
             * Encodes the specified Cancel message. Does not implicitly {@link muster.link.Cancel.verify|verify} messages.
             * @param message Cancel message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Cancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Cancel message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Cancel & muster.link.Cancel.$Shape} Cancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Cancel & muster.link.Cancel.$Shape;
        }

        namespace Cancel {

            /** Properties of a Cancel. */
            interface $Properties {

                /** Cancel invocationId */
                invocationId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Cancel. */
            type $Shape = muster.link.Cancel.$Properties;
        }

        /**
         * Properties of a Record.
         * @deprecated Use muster.link.Record.$Properties instead.
         */
        interface IRecord extends muster.link.Record.$Properties {
        }

        /** Represents a Record. */
        class Record {

            /**
             * Constructs a new Record.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Record.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Record journalId. */
            journalId: string;

            /** Record number. */
            number: number;

            /** Record invocationId. */
            invocationId: string;

            /** Record started. */
            started?: (muster.link.Started.$Properties|null);

            /** Record result. */
            result?: (muster.link.Result.$Properties|null);

            /** Record fact. */
            fact?: ("started"|"result");

            /**
             * Encodes the specified Record message. Does not implicitly {@link muster.link.Record.verify|verify} messages.
             * @param message Record message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Record.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Record message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Record & muster.link.Record.$Shape} Record
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Record & muster.link.Record.$Shape;
        }

        namespace Record {

            /** Properties of a Record. */
            interface $Properties {

                /** Record journalId */
                journalId?: (string|null);

                /** Record number */
                number?: (number|null);

                /** Record invocationId */
                invocationId?: (string|null);

                /** Record started */
                started?: (muster.link.Started.$Properties|null);

                /** Record result */
                result?: (muster.link.Result.$Properties|null);

                /** Record fact */
                fact?: ("started"|"result");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Record. */
            type $Shape = {
              journalId?: string|null;
              number?: number|null;
              invocationId?: string|null;
              started?: muster.link.Started.$Shape|null;
              result?: muster.link.Result.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ fact?: undefined; started?: null; result?: null }|{ fact?: "started"; started: muster.link.Started.$Shape; result?: null }|{ fact?: "result"; started?: null; result: muster.link.Result.$Shape })
            );
        }

        /**
         * Properties of a Started.
         * @deprecated Use muster.link.Started.$Properties instead.
         */
        interface IStarted extends muster.link.Started.$Properties {
        }

        /** Represents a Started. */
        class Started {

            /**
             * Constructs a new Started.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Started.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Started step. */
            step: number;

            /** Started attempt. */
            attempt: number;

            /** Started at. */
            at: number;

            /** Started bootId. */
            bootId: string;

            /**
             * Encodes the specified Started message. Does not implicitly {@link muster.link.Started.verify|verify} messages.
             * @param message Started message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Started.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Started message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Started & muster.link.Started.$Shape} Started
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Started & muster.link.Started.$Shape;
        }

        namespace Started {

            /** Properties of a Started. */
            interface $Properties {

                /** Started step */
                step?: (number|null);

                /** Started attempt */
                attempt?: (number|null);

                /** Started at */
                at?: (number|null);

                /** Started bootId */
                bootId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Started. */
            type $Shape = muster.link.Started.$Properties;
        }

        /**
         * Properties of a Result.
         * @deprecated Use muster.link.Result.$Properties instead.
         */
        interface IResult extends muster.link.Result.$Properties {
        }

        /** Represents a Result. */
        class Result {

            /**
             * Constructs a new Result.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Result.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Result runRecord. */
            runRecord: Uint8Array;

            /** Result signature. */
            signature: Uint8Array;

            /** Result heads. */
            heads: muster.link.StepHeads.$Properties[];

            /**
             * Encodes the specified Result message. Does not implicitly {@link muster.link.Result.verify|verify} messages.
             * @param message Result message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Result.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Result message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Result & muster.link.Result.$Shape} Result
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Result & muster.link.Result.$Shape;
        }

        namespace Result {

            /** Properties of a Result. */
            interface $Properties {

                /** Result runRecord */
                runRecord?: (Uint8Array|null);

                /** Result signature */
                signature?: (Uint8Array|null);

                /** Result heads */
                heads?: (muster.link.StepHeads.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Result. */
            type $Shape = muster.link.Result.$Properties;
        }

        /**
         * Properties of a StepHeads.
         * @deprecated Use muster.link.StepHeads.$Properties instead.
         */
        interface IStepHeads extends muster.link.StepHeads.$Properties {
        }

        /** Represents a StepHeads. */
        class StepHeads {

            /**
             * Constructs a new StepHeads.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.StepHeads.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepHeads step. */
            step: number;

            /** StepHeads stdout. */
            stdout?: (muster.link.StreamHead.$Properties|null);

            /** StepHeads stderr. */
            stderr?: (muster.link.StreamHead.$Properties|null);

            /**
             * Encodes the specified StepHeads message. Does not implicitly {@link muster.link.StepHeads.verify|verify} messages.
             * @param message StepHeads message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.StepHeads.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepHeads message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.StepHeads & muster.link.StepHeads.$Shape} StepHeads
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.StepHeads & muster.link.StepHeads.$Shape;
        }

        namespace StepHeads {

            /** Properties of a StepHeads. */
            interface $Properties {

                /** StepHeads step */
                step?: (number|null);

                /** StepHeads stdout */
                stdout?: (muster.link.StreamHead.$Properties|null);

                /** StepHeads stderr */
                stderr?: (muster.link.StreamHead.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepHeads. */
            type $Shape = muster.link.StepHeads.$Properties;
        }

        /**
         * Properties of a StreamHead.
         * @deprecated Use muster.link.StreamHead.$Properties instead.
         */
        interface IStreamHead extends muster.link.StreamHead.$Properties {
        }

        /** Represents a StreamHead. */
        class StreamHead {

            /**
             * Constructs a new StreamHead.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.StreamHead.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamHead text. */
            text: string;

            /** StreamHead whole. */
            whole: Uint8Array;

            /** StreamHead isWhole. */
            isWhole: boolean;

            /**
             * Encodes the specified StreamHead message. Does not implicitly {@link muster.link.StreamHead.verify|verify} messages.
             * @param message StreamHead message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.StreamHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamHead message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.StreamHead & muster.link.StreamHead.$Shape} StreamHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.StreamHead & muster.link.StreamHead.$Shape;
        }

        namespace StreamHead {

            /** Properties of a StreamHead. */
            interface $Properties {

                /** StreamHead text */
                text?: (string|null);

                /** StreamHead whole */
                whole?: (Uint8Array|null);

                /** StreamHead isWhole */
                isWhole?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamHead. */
            type $Shape = muster.link.StreamHead.$Properties;
        }

        /**
         * Properties of an Output.
         * @deprecated Use muster.link.Output.$Properties instead.
         */
        interface IOutput extends muster.link.Output.$Properties {
        }

        /** Represents an Output. */
        class Output {

            /**
             * Constructs a new Output.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Output.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Output invocationId. */
            invocationId: string;

            /** Output step. */
            step: number;

            /** Output attempt. */
            attempt: number;

            /** Output stream. */
            stream: muster.link.Stream;

            /** Output offset. */
            offset: number;

            /** Output data. */
            data: Uint8Array;

            /** Output end. */
            end: boolean;

            /** Output dropped. */
            dropped: number;

            /**
             * Encodes the specified Output message. Does not implicitly {@link muster.link.Output.verify|verify} messages.
             * @param message Output message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Output.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Output message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Output & muster.link.Output.$Shape} Output
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Output & muster.link.Output.$Shape;
        }

        namespace Output {

            /** Properties of an Output. */
            interface $Properties {

                /** Output invocationId */
                invocationId?: (string|null);

                /** Output step */
                step?: (number|null);

                /** Output attempt */
                attempt?: (number|null);

                /** Output stream */
                stream?: (muster.link.Stream|null);

                /** Output offset */
                offset?: (number|null);

                /** Output data */
                data?: (Uint8Array|null);

                /** Output end */
                end?: (boolean|null);

                /** Output dropped */
                dropped?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Output. */
            type $Shape = muster.link.Output.$Properties;
        }

        /** Stream enum. */
        enum Stream {

            /** STDOUT value */
            STDOUT = 0,

            /** STDERR value */
            STDERR = 1
        }

        /**
         * Properties of an OutputReceipt.
         * @deprecated Use muster.link.OutputReceipt.$Properties instead.
         */
        interface IOutputReceipt extends muster.link.OutputReceipt.$Properties {
        }

        /** Represents an OutputReceipt. */
        class OutputReceipt {

            /**
             * Constructs a new OutputReceipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.OutputReceipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutputReceipt invocationId. */
            invocationId: string;

            /** OutputReceipt step. */
            step: number;

            /** OutputReceipt attempt. */
            attempt: number;

            /** OutputReceipt stream. */
            stream: muster.link.Stream;

            /** OutputReceipt received. */
            received: number;

            /** OutputReceipt sealed. */
            sealed: number;

            /** OutputReceipt ended. */
            ended: boolean;

            /**
             * Encodes the specified OutputReceipt message. Does not implicitly {@link muster.link.OutputReceipt.verify|verify} messages.
             * @param message OutputReceipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.OutputReceipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutputReceipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.OutputReceipt & muster.link.OutputReceipt.$Shape} OutputReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.OutputReceipt & muster.link.OutputReceipt.$Shape;
        }

        namespace OutputReceipt {

            /** Properties of an OutputReceipt. */
            interface $Properties {

                /** OutputReceipt invocationId */
                invocationId?: (string|null);

                /** OutputReceipt step */
                step?: (number|null);

                /** OutputReceipt attempt */
                attempt?: (number|null);

                /** OutputReceipt stream */
                stream?: (muster.link.Stream|null);

                /** OutputReceipt received */
                received?: (number|null);

                /** OutputReceipt sealed */
                sealed?: (number|null);

                /** OutputReceipt ended */
                ended?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutputReceipt. */
            type $Shape = muster.link.OutputReceipt.$Properties;
        }

        /**
         * Properties of a RecordReceipt.
         * @deprecated Use muster.link.RecordReceipt.$Properties instead.
         */
        interface IRecordReceipt extends muster.link.RecordReceipt.$Properties {
        }

        /** Represents a RecordReceipt. */
        class RecordReceipt {

            /**
             * Constructs a new RecordReceipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.RecordReceipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RecordReceipt journalId. */
            journalId: string;

            /** RecordReceipt number. */
            number: number;

            /**
             * Encodes the specified RecordReceipt message. Does not implicitly {@link muster.link.RecordReceipt.verify|verify} messages.
             * @param message RecordReceipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.RecordReceipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RecordReceipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.RecordReceipt & muster.link.RecordReceipt.$Shape} RecordReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.RecordReceipt & muster.link.RecordReceipt.$Shape;
        }

        namespace RecordReceipt {

            /** Properties of a RecordReceipt. */
            interface $Properties {

                /** RecordReceipt journalId */
                journalId?: (string|null);

                /** RecordReceipt number */
                number?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RecordReceipt. */
            type $Shape = muster.link.RecordReceipt.$Properties;
        }

        /**
         * Properties of a Call.
         * @deprecated Use muster.link.Call.$Properties instead.
         */
        interface ICall extends muster.link.Call.$Properties {
        }

        /** Represents a Call. */
        class Call {

            /**
             * Constructs a new Call.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Call.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Call id. */
            id: number;

            /** Call operation. */
            operation: string;

            /** Call input. */
            input: Uint8Array;

            /**
             * Encodes the specified Call message. Does not implicitly {@link muster.link.Call.verify|verify} messages.
             * @param message Call message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Call.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Call message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Call & muster.link.Call.$Shape} Call
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Call & muster.link.Call.$Shape;
        }

        namespace Call {

            /** Properties of a Call. */
            interface $Properties {

                /** Call id */
                id?: (number|null);

                /** Call operation */
                operation?: (string|null);

                /** Call input */
                input?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Call. */
            type $Shape = muster.link.Call.$Properties;
        }

        /**
         * Properties of an Answer.
         * @deprecated Use muster.link.Answer.$Properties instead.
         */
        interface IAnswer extends muster.link.Answer.$Properties {
        }

        /** Represents an Answer. */
        class Answer {

            /**
             * Constructs a new Answer.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Answer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Answer id. */
            id: number;

            /** Answer status. */
            status: number;

            /** Answer body. */
            body: Uint8Array;

            /**
             * Encodes the specified Answer message. Does not implicitly {@link muster.link.Answer.verify|verify} messages.
             * @param message Answer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Answer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Answer & muster.link.Answer.$Shape} Answer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Answer & muster.link.Answer.$Shape;
        }

        namespace Answer {

            /** Properties of an Answer. */
            interface $Properties {

                /** Answer id */
                id?: (number|null);

                /** Answer status */
                status?: (number|null);

                /** Answer body */
                body?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Answer. */
            type $Shape = muster.link.Answer.$Properties;
        }

        /**
         * Properties of a Goodbye.
         * @deprecated Use muster.link.Goodbye.$Properties instead.
         */
        interface IGoodbye extends muster.link.Goodbye.$Properties {
        }

        /** Represents a Goodbye. */
        class Goodbye {

            /**
             * Constructs a new Goodbye.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Goodbye.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Goodbye reason. */
            reason: string;

            /** Goodbye retryAfterMs. */
            retryAfterMs: number;

            /**
             * Encodes the specified Goodbye message. Does not implicitly {@link muster.link.Goodbye.verify|verify} messages.
             * @param message Goodbye message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Goodbye.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Goodbye message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Goodbye & muster.link.Goodbye.$Shape} Goodbye
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Goodbye & muster.link.Goodbye.$Shape;
        }

        namespace Goodbye {

            /** Properties of a Goodbye. */
            interface $Properties {

                /** Goodbye reason */
                reason?: (string|null);

                /** Goodbye retryAfterMs */
                retryAfterMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Goodbye. */
            type $Shape = muster.link.Goodbye.$Properties;
        }

        /**
         * Properties of a Probe.
         * @deprecated Use muster.link.Probe.$Properties instead.
         */
        interface IProbe extends muster.link.Probe.$Properties {
        }

        /** Represents a Probe. */
        class Probe {

            /**
             * Constructs a new Probe.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.Probe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Probe nonce. */
            nonce: number;

            /**
             * Encodes the specified Probe message. Does not implicitly {@link muster.link.Probe.verify|verify} messages.
             * @param message Probe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.Probe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Probe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.Probe & muster.link.Probe.$Shape} Probe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.Probe & muster.link.Probe.$Shape;
        }

        namespace Probe {

            /** Properties of a Probe. */
            interface $Properties {

                /** Probe nonce */
                nonce?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Probe. */
            type $Shape = muster.link.Probe.$Properties;
        }

        /**
         * Properties of a ProbeAnswer.
         * @deprecated Use muster.link.ProbeAnswer.$Properties instead.
         */
        interface IProbeAnswer extends muster.link.ProbeAnswer.$Properties {
        }

        /** Represents a ProbeAnswer. */
        class ProbeAnswer {

            /**
             * Constructs a new ProbeAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.ProbeAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProbeAnswer nonce. */
            nonce: number;

            /**
             * Encodes the specified ProbeAnswer message. Does not implicitly {@link muster.link.ProbeAnswer.verify|verify} messages.
             * @param message ProbeAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.ProbeAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProbeAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.ProbeAnswer & muster.link.ProbeAnswer.$Shape} ProbeAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.ProbeAnswer & muster.link.ProbeAnswer.$Shape;
        }

        namespace ProbeAnswer {

            /** Properties of a ProbeAnswer. */
            interface $Properties {

                /** ProbeAnswer nonce */
                nonce?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProbeAnswer. */
            type $Shape = muster.link.ProbeAnswer.$Properties;
        }

        /**
         * Properties of a GenerationKept.
         * @deprecated Use muster.link.GenerationKept.$Properties instead.
         */
        interface IGenerationKept extends muster.link.GenerationKept.$Properties {
        }

        /** Represents a GenerationKept. */
        class GenerationKept {

            /**
             * Constructs a new GenerationKept.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.GenerationKept.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GenerationKept generation. */
            generation: number;

            /**
             * Encodes the specified GenerationKept message. Does not implicitly {@link muster.link.GenerationKept.verify|verify} messages.
             * @param message GenerationKept message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.GenerationKept.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GenerationKept message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.GenerationKept & muster.link.GenerationKept.$Shape} GenerationKept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.GenerationKept & muster.link.GenerationKept.$Shape;
        }

        namespace GenerationKept {

            /** Properties of a GenerationKept. */
            interface $Properties {

                /** GenerationKept generation */
                generation?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GenerationKept. */
            type $Shape = muster.link.GenerationKept.$Properties;
        }

        /**
         * Properties of a RotateKey.
         * @deprecated Use muster.link.RotateKey.$Properties instead.
         */
        interface IRotateKey extends muster.link.RotateKey.$Properties {
        }

        /** Represents a RotateKey. */
        class RotateKey {

            /**
             * Constructs a new RotateKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.RotateKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified RotateKey message. Does not implicitly {@link muster.link.RotateKey.verify|verify} messages.
             * @param message RotateKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.RotateKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RotateKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.RotateKey & muster.link.RotateKey.$Shape} RotateKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.RotateKey & muster.link.RotateKey.$Shape;
        }

        namespace RotateKey {

            /** Properties of a RotateKey. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RotateKey. */
            type $Shape = muster.link.RotateKey.$Properties;
        }

        /**
         * Properties of a NewKey.
         * @deprecated Use muster.link.NewKey.$Properties instead.
         */
        interface INewKey extends muster.link.NewKey.$Properties {
        }

        /** Represents a NewKey. */
        class NewKey {

            /**
             * Constructs a new NewKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.NewKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NewKey publicKey. */
            publicKey: Uint8Array;

            /** NewKey signature. */
            signature: Uint8Array;

            /** NewKey ownSignature. */
            ownSignature: Uint8Array;

            /**
             * Encodes the specified NewKey message. Does not implicitly {@link muster.link.NewKey.verify|verify} messages.
             * @param message NewKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.NewKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NewKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.NewKey & muster.link.NewKey.$Shape} NewKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.NewKey & muster.link.NewKey.$Shape;
        }

        namespace NewKey {

            /** Properties of a NewKey. */
            interface $Properties {

                /** NewKey publicKey */
                publicKey?: (Uint8Array|null);

                /** NewKey signature */
                signature?: (Uint8Array|null);

                /** NewKey ownSignature */
                ownSignature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NewKey. */
            type $Shape = muster.link.NewKey.$Properties;
        }

        /**
         * Properties of a KeyKept.
         * @deprecated Use muster.link.KeyKept.$Properties instead.
         */
        interface IKeyKept extends muster.link.KeyKept.$Properties {
        }

        /** Represents a KeyKept. */
        class KeyKept {

            /**
             * Constructs a new KeyKept.
             * @param [properties] Properties to set
             */
            constructor(properties?: muster.link.KeyKept.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeyKept publicKey. */
            publicKey: Uint8Array;

            /**
             * Encodes the specified KeyKept message. Does not implicitly {@link muster.link.KeyKept.verify|verify} messages.
             * @param message KeyKept message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: muster.link.KeyKept.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeyKept message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {muster.link.KeyKept & muster.link.KeyKept.$Shape} KeyKept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): muster.link.KeyKept & muster.link.KeyKept.$Shape;
        }

        namespace KeyKept {

            /** Properties of a KeyKept. */
            interface $Properties {

                /** KeyKept publicKey */
                publicKey?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeyKept. */
            type $Shape = muster.link.KeyKept.$Properties;
        }
    }
}
