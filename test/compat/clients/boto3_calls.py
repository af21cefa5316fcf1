"""boto3 as a process: one JSON order a line on standard input, one JSON outcome a line on standard output.

An order is {"client": {...}, "do": "call" | "pages" | "wait", ...}; the client's settings are those of boto3.client,
"config" those of botocore's Config.
"""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

clients = {}


def client_of(settings):
    key = json.dumps(settings, sort_keys=True)
    if key not in clients:
        settings = {name: value for name, value in settings.items() if value is not None}
        config = Config(**settings.pop("config", {}))
        service = settings.pop("service", "ssm")
        clients[key] = boto3.client(service, config=config, **settings)
    return clients[key]


def method_of(client, operation):
    names = {name: method for method, name in client.meta.method_to_api_mapping.items()}
    return names[operation]


def call(client, order):
    method = getattr(client, method_of(client, order["operation"]))
    return method(**order.get("input", {}))


def pages(client, order):
    paginator = client.get_paginator(method_of(client, order["operation"]))
    return list(paginator.paginate(PaginationConfig={"PageSize": order["pageSize"]}, **order.get("input", {})))


def wait(client, order):
    waiter = client.get_waiter("command_executed")
    waiter.wait(WaiterConfig={"Delay": 1, "MaxAttempts": 60}, **order["input"])
    return {}


def outcome_of(order):
    client = client_of(order["client"])
    try:
        return {"ok": True, "output": {"call": call, "pages": pages, "wait": wait}[order["do"]](client, order)}
    except ClientError as error:
        return {
            "ok": False,
            "code": error.response["Error"]["Code"],
            "kind": type(error).__name__,
            "text": error.response["Error"].get("Message", ""),
        }
    except WaiterError as error:
        return {"ok": False, "code": "", "kind": type(error).__name__, "text": str(error)}


for line in sys.stdin:
    print(json.dumps(outcome_of(json.loads(line)), default=lambda value: value.isoformat()), flush=True)
