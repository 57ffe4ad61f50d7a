<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>pushdeck::Changes</name>
    <message numerus="yes">
        <source>  ⋯ %1 line(s) the same</source>
        <translation>
            <numerusform>  ⋯ %1 line the same</numerusform>
            <numerusform>  ⋯ %1 lines the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientFacts</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 message(s), %2</source>
        <translation>
            <numerusform>%1 message, %2</numerusform>
            <numerusform>%1 messages, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::ClientModel</name>
    <message numerus="yes">
        <source>Received: %1 message(s), %2</source>
        <translation>
            <numerusform>Received: %1 message, %2</numerusform>
            <numerusform>Received: %1 messages, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent: %1 message(s), %2</source>
        <translation>
            <numerusform>Sent: %1 message, %2</numerusform>
            <numerusform>Sent: %1 messages, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::ComposerPanel</name>
    <message numerus="yes">
        <source>%1 time(s)</source>
        <translation>
            <numerusform>%1 time</numerusform>
            <numerusform>%1 times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::Deliveries</name>
    <message numerus="yes">
        <source>%1 of those delivered are not listed</source>
        <translation>
            <numerusform>%1 of those delivered is not listed</numerusform>
            <numerusform>%1 of those delivered are not listed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::EncryptionPanel</name>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::Format</name>
    <message numerus="yes">
        <source>%1 client(s)</source>
        <translation>
            <numerusform>%1 client</numerusform>
            <numerusform>%1 clients</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::PayloadText</name>
    <message numerus="yes">
        <source>%1 key(s)</source>
        <translation>
            <numerusform>%1 key</numerusform>
            <numerusform>%1 keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 item(s)</source>
        <translation>
            <numerusform>%1 item</numerusform>
            <numerusform>%1 items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::SessionBar</name>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 new live row(s)</source>
        <translation>
            <numerusform>%1 new live row</numerusform>
            <numerusform>%1 new live rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::SessionFiles</name>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 older were dropped before they could be written.</source>
        <translation>
            <numerusform>%1 older was dropped before it could be written.</numerusform>
            <numerusform>%1 older were dropped before they could be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 line(s) of %2 could not be read (%3).</source>
        <translation>
            <numerusform>%1 line of %2 could not be read (%3).</numerusform>
            <numerusform>%1 lines of %2 could not be read (%3).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::TrafficPanel</name>
    <message numerus="yes">
        <source>Paused · %1 wait</source>
        <translation>
            <numerusform>Paused · %1 waits</numerusform>
            <numerusform>Paused · %1 wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pushdeck::Visits</name>
    <message numerus="yes">
        <source>missed %n message(s)</source>
        <translation>
            <numerusform>missed %n message</numerusform>
            <numerusform>missed %n messages</numerusform>
        </translation>
    </message>
</context>
</TS>
