<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Alerts</name>
    <message numerus="yes">
        <source>%n alerts</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExplanationText</name>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message numerus="yes">
        <source>The encrypted file is locked: %n keys in it cannot be used.</source>
        <translation>
            <numerusform>The encrypted file is locked: %n key in it cannot be used.</numerusform>
            <numerusform>The encrypted file is locked: %n keys in it cannot be used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixText</name>
    <message numerus="yes">
        <source>%n checks are not known</source>
        <translation>
            <numerusform>%n check is not known</numerusform>
            <numerusform>%n checks are not known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message numerus="yes">
        <source>Half-open, %n probe(s) in flight</source>
        <translation>
            <numerusform>Half-open, %n probe in flight</numerusform>
            <numerusform>Half-open, %n probes in flight</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message numerus="yes">
        <source>Rehearsal: %n faults</source>
        <translation>
            <numerusform>Rehearsal: %n fault</numerusform>
            <numerusform>Rehearsal: %n faults</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message numerus="yes">
        <source>%n routes</source>
        <translation>
            <numerusform>%n route</numerusform>
            <numerusform>%n routes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineText</name>
    <message numerus="yes">
        <source>%n more stall(s)</source>
        <translation>
            <numerusform>%n more stall</numerusform>
            <numerusform>%n more stalls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %n character(s)</source>
        <translation>
            <numerusform>%1 %n character</numerusform>
            <numerusform>%1 %n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 thinks: %n character(s)</source>
        <translation>
            <numerusform>%1 thinks: %n character</numerusform>
            <numerusform>%1 thinks: %n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Trials</name>
    <message numerus="yes">
        <source>Previews were within %1, in %n change(s).</source>
        <translation>
            <numerusform>Previews were within %1, in %n change.</numerusform>
            <numerusform>Previews were within %1, in %n changes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::app::WebHook</name>
    <message numerus="yes">
        <source>An alert was not posted: %n others are still waiting for the webhook.</source>
        <translation>
            <numerusform>An alert was not posted: %n other is still waiting for the webhook.</numerusform>
            <numerusform>An alert was not posted: %n others are still waiting for the webhook.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AlertDesk</name>
    <message numerus="yes">
        <source>Signalbox: %n open alerts</source>
        <translation>
            <numerusform>Signalbox: %n open alert</numerusform>
            <numerusform>Signalbox: %n open alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AttemptsView</name>
    <message numerus="yes">
        <source>Time line of %n attempt(s)</source>
        <translation>
            <numerusform>Time line of %n attempt</numerusform>
            <numerusform>Time line of %n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchForm</name>
    <message numerus="yes">
        <source>%n prompts</source>
        <translation>
            <numerusform>%n prompt</numerusform>
            <numerusform>%n prompts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchPanel</name>
    <message numerus="yes">
        <source>%n × n/a</source>
        <translation>
            <numerusform>%n × n/a</numerusform>
            <numerusform>%n × n/a</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prompts</source>
        <translation>
            <numerusform>%n prompt</numerusform>
            <numerusform>%n prompts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checks</source>
        <translation>
            <numerusform>%n check</numerusform>
            <numerusform>%n checks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>pausing: %n in the air</source>
        <translation>
            <numerusform>pausing: %n in the air</numerusform>
            <numerusform>pausing: %n in the air</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BodiesView</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CacheEntriesPanel</name>
    <message numerus="yes">
        <source>%n kept answer(s) deleted.</source>
        <translation>
            <numerusform>%n kept answer deleted.</numerusform>
            <numerusform>%n kept answers deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept answer(s) that “%1” finds deleted.</source>
        <translation>
            <numerusform>%n kept answer that “%1” finds deleted.</numerusform>
            <numerusform>%n kept answers that “%1” finds deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The cache is flushed: %n entries went.</source>
        <translation>
            <numerusform>The cache is flushed: %n entry went.</numerusform>
            <numerusform>The cache is flushed: %n entries went.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CacheSummary</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s) saved nobody knows how much: their price is not known</source>
        <translation>
            <numerusform>%n hit saved nobody knows how much: its price is not known</numerusform>
            <numerusform>%n hits saved nobody knows how much: their price is not known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ComposePanel</name>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n tool</numerusform>
            <numerusform>%n tools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConsoleWindow</name>
    <message numerus="yes">
        <source>%n open breakers</source>
        <translation>
            <numerusform>%n open breaker</numerusform>
            <numerusform>%n open breakers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open alerts</source>
        <translation>
            <numerusform>%n open alert</numerusform>
            <numerusform>%n open alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n routes with unapplied changes</source>
        <translation>
            <numerusform>%n route with unapplied changes</numerusform>
            <numerusform>%n routes with unapplied changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The gateway ends with this window, and %n requests that it serves break off.</source>
        <translation>
            <numerusform>The gateway ends with this window, and %n request that it serves breaks off.</numerusform>
            <numerusform>The gateway ends with this window, and %n requests that it serves break off.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CostsPage</name>
    <message numerus="yes">
        <source>The mean of %n whole day(s); 80 of 100 such months lie within the band, if days go on to differ as they did</source>
        <translation>
            <numerusform>The mean of %n whole day; 80 of 100 such months lie within the band, if days go on to differ as they did</numerusform>
            <numerusform>The mean of %n whole days; 80 of 100 such months lie within the band, if days go on to differ as they did</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) have no known price (n/a) and are not in the sums.</source>
        <translation>
            <numerusform>%n request has no known price (n/a) and is not in the sums.</numerusform>
            <numerusform>%n requests have no known price (n/a) and are not in the sums.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) abandoned by clients: %1</source>
        <translation>
            <numerusform>%Ln request abandoned by clients: %1</numerusform>
            <numerusform>%Ln requests abandoned by clients: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set the price of %n model(s)</source>
        <translation>
            <numerusform>Set the price of %n model</numerusform>
            <numerusform>Set the price of %n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DraftBar</name>
    <message numerus="yes">
        <source>%n routes changed, on %1</source>
        <translation>
            <numerusform>%n route changed, on %1</numerusform>
            <numerusform>%n routes changed, on %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FlowView</name>
    <message numerus="yes">
        <source>from %n routes</source>
        <translation>
            <numerusform>from one route</numerusform>
            <numerusform>from %n routes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::JudgePanel</name>
    <message numerus="yes">
        <source>%n votes count</source>
        <translation>
            <numerusform>%n vote counts</numerusform>
            <numerusform>%n votes count</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were not blind and do not count</source>
        <translation>
            <numerusform>%n was not blind and does not count</numerusform>
            <numerusform>%n were not blind and do not count</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forgot %n votes.</source>
        <translation>
            <numerusform>Forgot %n vote.</numerusform>
            <numerusform>Forgot %n votes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NearMissesPanel</name>
    <message numerus="yes">
        <source>%n, the newest first</source>
        <translation>
            <numerusform>%n</numerusform>
            <numerusform>%n, the newest first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlaygroundPage</name>
    <message numerus="yes">
        <source>%n × n/a</source>
        <translation>
            <numerusform>%n × n/a</numerusform>
            <numerusform>%n × n/a</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comparison(s) that are not pinned will be gone for good.</source>
        <translation>
            <numerusform>%n comparison that are not pinned will be gone for good.</numerusform>
            <numerusform>%n comparisons that are not pinned will be gone for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlaygroundPast</name>
    <message numerus="yes">
        <source>This prompt over time, %n time(s)</source>
        <translation>
            <numerusform>This prompt over time, %n time</numerusform>
            <numerusform>This prompt over time, %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PriceForm</name>
    <message numerus="yes">
        <source>%n more model(s) without a price</source>
        <translation>
            <numerusform>%n more model without a price</numerusform>
            <numerusform>%n more models without a price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RequestsPage</name>
    <message numerus="yes">
        <source>%n new · go to the newest (End)</source>
        <translation>
            <numerusform>%n new · go to the newest (End)</numerusform>
            <numerusform>%n new · go to the newest (End)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n request(s), failed ones hatched</source>
        <translation>
            <numerusform>%1: %n request, hatched where failed</numerusform>
            <numerusform>%1: %n requests, failed ones hatched</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingImport</name>
    <message numerus="yes">
        <source>%n faults are to be repaired in the file first; the draft is as it was.</source>
        <translation>
            <numerusform>%n fault is to be repaired in the file first; the draft is as it was.</numerusform>
            <numerusform>%n faults are to be repaired in the file first; the draft is as it was.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n routes</source>
        <translation>
            <numerusform>%n route</numerusform>
            <numerusform>%n routes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new providers</source>
        <translation>
            <numerusform>%n new provider</numerusform>
            <numerusform>%n new providers</numerusform>
        </translation>
    </message>
</context>
</TS>
